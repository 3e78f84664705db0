export { type CallRecord, otherNumber } from "./call-record.ts";
export { digitsOf } from "./caller-digits.ts";
export { createHousekeeping } from "./housekeeping.ts";
export { callRecordCollection, prepareCallRecords, type StoredCallRecord } from "./model.ts";
export { callRecordHandlers } from "./routes.ts";
export { type SaidOfCall, saidOfCalls } from "./said-of-call.ts";
export { type CallRecords, createCallRecords } from "./service.ts";
export { callSummary } from "./wire.ts";
