export { isNetwork } from "./address-guard.ts";
export { connectorHandlers } from "./routes.ts";
export { createConnectors, prepareConnectors } from "./service.ts";
