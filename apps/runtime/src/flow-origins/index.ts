export { flowOriginHandlers } from "./routes.ts";
export { createFlowOrigins, type FlowOrigins } from "./service.ts";
