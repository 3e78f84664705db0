export { createOperatorFiles } from "./file/service.ts";
export { prepareOperators } from "./model.ts";
export { operatorHandlers } from "./routes.ts";
export { createOperators, type Operators } from "./service.ts";
