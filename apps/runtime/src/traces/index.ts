export { traceHandlers } from "./routes.ts";
export { createTraces } from "./service.ts";
