export { createDeskDay } from "./desk-day.ts";
export { figureHandlers } from "./routes.ts";
export { createFigures } from "./service.ts";
export { createTimeCorrections, prepareTimeCorrections } from "./time-corrections.ts";
