export type { CallRecord } from "./call-record.ts";
export { createHousekeeping } from "./housekeeping.ts";
export { callRecordCollection, prepareCallRecords } from "./model.ts";
export { callRecordHandlers } from "./routes.ts";
export { type CallRecords, createCallRecords } from "./service.ts";
export { callSummary } from "./wire.ts";
