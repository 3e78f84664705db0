import type { Handlers } from "../http/handlers.ts";
import type { Audit } from "./service.ts";

export const auditHandlers = (audit: Audit): Pick<Handlers, "audit.list"> => ({
  "audit.list": ({ scope, input }) => audit.list(scope, input.query),
});
