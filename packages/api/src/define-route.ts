import type { Static, TSchema } from "typebox";
import type { ErrorCode } from "./errors/index.ts";
import type { Role } from "./roles.ts";
import { type KeyScope, scopeOf } from "./scopes.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** The parts of a request; a part that is not named is not read. `query` values arrive as strings and are converted. */
export interface RequestShape {
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
}

/**
 * One route, as data: the runtime validates and authorises by it, the client is typed by it, OpenAPI is its printout.
 *
 * `roles: "anyone"` needs no session. `errors` are the route's own refusals; those that follow from its shape are added by `errorsOf`.
 * `response: null` answers 204 without a body; `"file"` sends bytes; `"events"` a stream of server-sent events; `"rows"` rows of the form
 * `row`, as they are read, one a line; `"csv"` the rows of a table, as they come; `"redirect"` leads a browser elsewhere (303).
 */
export interface RouteContract {
  readonly id: string;
  readonly method: Method;
  /** Express form: `/api/queues/:queueId`. */
  readonly path: string;
  readonly roles: "anyone" | readonly Role[];
  readonly summary: string;
  readonly request: RequestShape;
  readonly response: TSchema | "file" | "events" | "rows" | "csv" | "redirect" | null;
  readonly row?: TSchema;
  readonly errors: readonly ErrorCode[];
  /**
   * What an API key must have been granted to call it. Where nothing is said it follows from the id (`queues.list`: `queues:read`); `any`:
   * every key may; `none`: no key may, whatever it was granted.
   */
  readonly scope?: KeyScope | "any" | "none";
  /** The body is a file's bytes as they are, of any type. */
  readonly upload?: true;
  /** False: calling it is not administrative by itself (work saved as it is typed, one's own session): only what it tells of is in the audit log. */
  readonly audited?: false;
  /** Largest body in bytes; 100 kB where nothing is said. */
  readonly maxBodyBytes?: number;
}

/** Keeps the literal types of a contract, so that the client knows them. */
export const defineRoute = <const Route extends RouteContract>(route: Route): Route => route;

/** What a caller of the route passes. Absent parts are absent. */
export type InputOf<Route extends RouteContract> = {
  readonly [Part in keyof Route["request"] & keyof RequestShape]: Route["request"][Part] extends TSchema
    ? Static<Route["request"][Part]>
    : never;
} & (Route extends { readonly upload: true } ? { readonly file: Uint8Array } : unknown);

/** What the route answers when it succeeds. */
export type OutputOf<Route extends RouteContract> = Route["response"] extends
  | "file"
  | "events"
  | "rows"
  | "csv"
  | "redirect"
  ? Uint8Array
  : Route["response"] extends TSchema
    ? Static<Route["response"]>
    : undefined;

/** Takes an `Idempotency-Key`: what creates or sets off something, and takes no file, where doing it twice would be seen. */
export const takesIdempotencyKey = (route: RouteContract): boolean =>
  route.method === "POST" && route.roles !== "anyone" && !route.upload && !route.path.startsWith("/api/desk");

/** Every error that the route may answer: its own, and those that its shape and roles bring along. */
export function errorsOf(route: RouteContract): readonly ErrorCode[] {
  const implied: ErrorCode[] = ["tooManyRequests", "storeUnavailable", "internal"];
  if (Object.keys(route.request).length > 0) implied.push("requestInvalid");
  if (route.request.body) implied.push("notJson", "tooLarge");
  if (route.upload) implied.push("tooLarge");
  if (route.roles !== "anyone") implied.push("notSignedIn", "notAllowed", "apiKeyRefused", "apiKeyExpired");
  if (route.roles !== "anyone" && route.roles.includes("supervisor")) implied.push("beyondYourQueues");
  if (route.roles !== "anyone") implied.push(scopeOf(route) === "none" ? "notForKeys" : "scopeMissing");
  if (route.method !== "GET") implied.push("originRefused");
  if (takesIdempotencyKey(route)) {
    implied.push("idempotencyKeyInvalid", "idempotencyKeyReused", "idempotencyKeyBusy", "idempotencyUnknown");
  }
  return [...new Set([...route.errors, ...implied])].sort();
}
