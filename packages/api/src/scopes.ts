import { type Access, permissions, type Resource, resources } from "./roles.ts";

/** What an API key can be granted: to read, or to read and change, one kind of thing. */
export type KeyScope = `${Resource}:${Access}`;

/**
 * Never granted to a key, so that one that is lost cannot make itself more than it is: who may sign in, the keys themselves, the company's own
 * settings. The desk is an operator's own.
 */
const neverGranted: readonly KeyScope[] = [
  "users:read",
  "users:write",
  "signIn:read",
  "signIn:write",
  "apiKeys:read",
  "apiKeys:write",
  "company:write",
  "integration:read",
  "integration:write",
  "desk:read",
  "desk:write",
];

/** The scopes that there are, in the order of the resources; what no role may do is none. */
export const keyScopes: readonly KeyScope[] = resources.flatMap((resource) =>
  (["read", "write"] as const).flatMap((access) => {
    const scope: KeyScope = `${resource}:${access}`;
    return permissions[resource][access].length === 0 || neverGranted.includes(scope) ? [] : scope;
  }),
);

/** Whether what was granted allows it: `write` includes `read`. */
export function isGranted(granted: readonly KeyScope[], access: Access, resource: Resource): boolean {
  return granted.includes(`${resource}:write`) || (access === "read" && granted.includes(`${resource}:read`));
}

/** What a key needs to call the route: a scope, `any` key at all, or `none`: it is not for keys. */
export function scopeOf(route: {
  readonly id: string;
  readonly method: string;
  readonly scope?: KeyScope | "any" | "none";
}): KeyScope | "any" | "none" {
  if (route.scope !== undefined) return route.scope;
  const resource = resources.find((name) => route.id.startsWith(`${name}.`));
  if (resource === undefined) return "none";
  const scope: KeyScope = `${resource}:${route.method === "GET" ? "read" : "write"}`;
  return keyScopes.includes(scope) ? scope : "none";
}
