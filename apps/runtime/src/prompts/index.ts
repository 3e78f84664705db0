export { preparePrompts } from "./model.ts";
export { createReplacements } from "./replacements.ts";
export { promptHandlers } from "./routes.ts";
export { createPrompts, type Prompts } from "./service.ts";
