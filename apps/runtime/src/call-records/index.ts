export { createHousekeeping } from "./housekeeping.ts";
export { lastOperator } from "./last-operator.ts";
export { prepareCallRecords } from "./model.ts";
export { callRecordHandlers } from "./routes.ts";
export { createCallRecords } from "./service.ts";
