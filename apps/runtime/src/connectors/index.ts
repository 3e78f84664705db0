export { connectorHandlers } from "./routes.ts";
export { createConnectors, prepareConnectors } from "./service.ts";
