export { answersOfCalls, answersOfRun } from "./answers.ts";
export { foundBy, type GivenAnswer, givenInCalls } from "./given-answers.ts";
export { prepareScriptRuns, scriptRunCollection } from "./model.ts";
export { scriptRunHandlers } from "./routes.ts";
export { createScriptRuns } from "./service.ts";
