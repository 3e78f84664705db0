export { figureHandlers } from "./routes.ts";
export { createFigures } from "./service.ts";
