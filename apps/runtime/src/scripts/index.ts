export { prepareScripts } from "./model.ts";
export { scriptHandlers } from "./routes.ts";
export { checkScriptTemplate, renderScriptUrl } from "./script-url.ts";
export { assertSchemesAllowed, createScripts, type RenderedScript, type Scripts } from "./service.ts";
