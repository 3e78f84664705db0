export { createDeskDay } from "./desk-day.ts";
export { figureHandlers } from "./routes.ts";
export { createFigures } from "./service.ts";
