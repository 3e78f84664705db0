export { traceHandlers } from "./routes.ts";
export { createTraces, type Traces } from "./service.ts";
