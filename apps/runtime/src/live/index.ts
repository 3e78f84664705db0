export { auditedSupervision } from "./audited-supervision.ts";
export { liveHandlers } from "./routes.ts";
export { createLive } from "./service.ts";
export { createSupervisions, type SupervisionsGiven } from "./supervisions.ts";
export { operatorState, queueState, rowsWithin } from "./wire.ts";
