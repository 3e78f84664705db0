import { type Access, isAllowed, type Resource, type Role } from "@cordboard/api";
import { UserError } from "../errors/index.ts";

/** What became of a thing, for the audit log; null where there was, or is, none. Secrets are taken out by whoever writes it down. */
export interface Change {
  readonly resource: Resource;
  readonly targetId: string;
  readonly targetName: string | null;
  readonly before: object | null;
  readonly after: object | null;
}

/** On whose behalf data is read or written. Every service takes one, so that no way around the check exists. */
export interface Scope {
  readonly companyId: string;
  /** `system`: the runtime itself (carrying a call, seeding); never made from a request. */
  readonly role: Role | "system";
  /** The user or operator; null for the system. */
  readonly actorId: string | null;
  /** Told of every change that is made on this behalf; requests have one (see audit/), the system has none. */
  readonly changed?: (change: Change) => void;
}

export const systemScope = (companyId: string): Scope => ({ companyId, role: "system", actorId: null });

/** Whether this may be read on that behalf: for what is not a request. */
export function mayRead({ role }: Scope, resource: Resource): boolean {
  return role === "system" || isAllowed(role, "read", resource);
}

/** Throws `notAllowed` unless the role was granted this access; what the table does not name is refused. */
export function demand(scope: Scope, access: Access, resource: Resource): void {
  if (scope.role !== "system" && !isAllowed(scope.role, access, resource)) throw new UserError("notAllowed");
}
