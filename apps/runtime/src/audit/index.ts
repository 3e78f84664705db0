export { auditedHandlers } from "./audited-handlers.ts";
export { type AuditDocument, auditCollection, prepareAudit } from "./model.ts";
export { auditHandlers } from "./routes.ts";
export { type Audit, createAudit } from "./service.ts";
