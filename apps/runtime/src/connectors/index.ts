export { connectorHandlers } from "./routes.ts";
export { type Connectors, createConnectors, prepareConnectors } from "./service.ts";
