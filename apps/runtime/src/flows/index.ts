export { prepareFlows } from "./model.ts";
export { flowHandlers } from "./routes.ts";
export { createFlows, type Flows, type FlowVersion } from "./service.ts";
