export { prepareScripts } from "./model.ts";
export { scriptHandlers } from "./routes.ts";
export { assertSchemesAllowed, createScripts, type Scripts } from "./service.ts";
