export { auditedHandlers } from "./audited-handlers.ts";
export { prepareAudit } from "./model.ts";
export { auditHandlers } from "./routes.ts";
export { type Audit, createAudit } from "./service.ts";
