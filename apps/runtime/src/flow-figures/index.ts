export { flowFigureHandlers } from "./routes.ts";
export { createFlowFigures } from "./service.ts";
