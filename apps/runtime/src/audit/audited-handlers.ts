import { allRoutes, type Resource, type RouteContract, resources } from "@cordboard/api";
import type { Change, Scope } from "../access/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Audit } from "./service.ts";

interface Asked {
  readonly scope: Scope | null;
  readonly address: string;
  readonly input: { readonly params?: Readonly<Record<string, unknown>> };
}

type Handler = (asked: Asked) => Promise<unknown>;

/** Whether a route may change what a company has set up: an operator's own desk and signing in are not that. */
function mayChange(route: RouteContract): boolean {
  return route.method !== "GET" && route.roles !== "anyone" && !route.path.startsWith("/api/desk");
}

/**
 * The handlers, of which every one that changes something leaves an entry in the audit log: what the data layer told of its writes, or, where
 * it told nothing, that the route was called and on what. A handler that fails half-way leaves what it did change.
 */
export function auditedHandlers(handlers: Handlers, audit: Pick<Audit, "write">): Handlers {
  const plain = new Map<string, unknown>(Object.entries(handlers));
  const audited = allRoutes.filter(mayChange).flatMap((route) => {
    const handler = plain.get(route.id) as Handler | undefined;
    return handler ? [[route.id, auditing(route, handler, audit)] as const] : [];
  });
  return { ...handlers, ...Object.fromEntries(audited) };
}

function auditing(route: RouteContract, handler: Handler, audit: Pick<Audit, "write">): Handler {
  return async (asked) => {
    const { scope, address } = asked;
    if (!scope) return handler(asked);
    const changes: Change[] = [];
    const write = () => audit.write({ scope, routeId: route.id, address, changes });
    let value: unknown;
    try {
      value = await handler({ ...asked, scope: { ...scope, changed: (change) => changes.push(change) } });
    } catch (error) {
      await write();
      throw error;
    }
    if (changes.length === 0 && route.audited !== false) changes.push(calledOn(route, asked));
    await write();
    return value;
  };
}

/** What can be said of a change that nobody told of. */
function calledOn(route: RouteContract, { input }: Asked): Change {
  const params = Object.values(input.params ?? {});
  const resource = resources.find((name): name is Resource => route.id.startsWith(`${name}.`)) ?? "company";
  return { resource, targetId: String(params[0] ?? ""), targetName: null, before: null, after: null };
}
