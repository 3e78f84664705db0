import type { Handlers } from "../http/handlers.ts";
import { exportAudit } from "./export-audit.ts";
import type { Audit } from "./service.ts";

export const auditHandlers = (audit: Audit): Pick<Handlers, "audit.list" | "audit.export"> => ({
  "audit.list": ({ scope, input }) => audit.list(scope, input.query),
  "audit.export": async ({ scope, input, language: readers }) => {
    const { language = readers, ...narrowed } = input.query;
    return exportAudit((before) => audit.list(scope, { ...narrowed, limit: 200, ...before }), language);
  },
});
