export { flowRequestHandlers } from "./routes.ts";
export { createFlowRequests, type FlowRequests } from "./service.ts";
