export { prepareEveryday } from "./model.ts";
export { everydayHandlers } from "./routes.ts";
export { createEveryday, type Everyday } from "./service.ts";
