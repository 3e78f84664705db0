import {
  type Access,
  isAllowed,
  isGranted,
  isLimitedAllowed,
  type KeyScope,
  type Resource,
  type Role,
  resources,
} from "@cordboard/api";
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
  /** The queues that a supervisor is limited to (./limit.ts); absent: no limit. */
  readonly queues?: ReadonlySet<string>;
  /** A program with an API key, instead of a person: what the key was granted decides, not the role. */
  readonly key?: ActingKey;
  /** Told of every change that is made on this behalf; requests have one (see audit/), the system has none. */
  readonly changed?: (change: Change) => void;
}

export interface ActingKey {
  readonly apiKeyId: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
}

export const systemScope = (companyId: string): Scope => ({ companyId, role: "system", actorId: null });

/** Whether this may be read on that behalf: for what is not a request. */
export function mayRead({ role }: Scope, resource: Resource): boolean {
  return role === "system" || isAllowed(role, "read", resource);
}

/** Throws unless the key may call a route that asks for this: `notForKeys`, `scopeMissing`. */
export function demandScope(asked: KeyScope | "any" | "none", key: ActingKey): void {
  if (asked === "none") throw new UserError("notForKeys");
  if (asked === "any") return;
  const resource = resources.find((name) => asked.startsWith(`${name}:`));
  const access = asked.endsWith(":write") ? "write" : "read";
  if (!resource || !isGranted(key.scopes, access, resource)) throw new UserError("scopeMissing", { scope: asked });
}

/**
 * Throws `notAllowed` unless the role was granted this access; what the table does not name is refused. Of a key: `scopeMissing` unless the
 * key was.
 */
export function demand(scope: Scope, access: Access, resource: Resource): void {
  if (scope.key) {
    if (!isGranted(scope.key.scopes, access, resource)) {
      throw new UserError("scopeMissing", { scope: `${resource}:${access}` });
    }
    return;
  }
  if (scope.role !== "system" && !isAllowed(scope.role, access, resource)) throw new UserError("notAllowed");
  if (scope.queues && !isLimitedAllowed(access, resource)) throw new UserError("beyondYourQueues");
}
