export { parseDocument } from "./flow-text.ts";
export { flowCollections, flowKey, prepareFlows } from "./model.ts";
export { startPlanned } from "./planned.ts";
export { flowHandlers } from "./routes.ts";
export { createFlows, type Flows, type FlowTexts } from "./service.ts";
