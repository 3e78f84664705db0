export { readTemplates } from "./read-templates.ts";
export { templateHandlers } from "./routes.ts";
export { createTemplates, type Templates } from "./service.ts";
