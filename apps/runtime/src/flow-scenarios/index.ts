export { failingScenarios } from "./play-scenarios.ts";
export { flowScenarioHandlers } from "./routes.ts";
export { createFlowScenarios } from "./service.ts";
