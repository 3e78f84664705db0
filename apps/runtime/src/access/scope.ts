import { type Access, isAllowed, type Resource, type Role } from "@cordboard/api";
import { UserError } from "../errors/index.ts";

/** On whose behalf data is read or written. Every service takes one, so that no way around the check exists. */
export interface Scope {
  readonly companyId: string;
  /** `system`: the runtime itself (carrying a call, seeding); never made from a request. */
  readonly role: Role | "system";
  /** The user or operator; null for the system. */
  readonly actorId: string | null;
}

export const systemScope = (companyId: string): Scope => ({ companyId, role: "system", actorId: null });

/** Throws `notAllowed` unless the role was granted this access; what the table does not name is refused. */
export function demand(scope: Scope, access: Access, resource: Resource): void {
  if (scope.role !== "system" && !isAllowed(scope.role, access, resource)) throw new UserError("notAllowed");
}
