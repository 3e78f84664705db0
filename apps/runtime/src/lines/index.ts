export { prepareLines } from "./model.ts";
export { lineHandlers } from "./routes.ts";
export { createLines, type Lines } from "./service.ts";
