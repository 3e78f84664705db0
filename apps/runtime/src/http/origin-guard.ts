import type { IncomingMessage } from "node:http";

/** A header that a page of another origin cannot send without asking first (and is then refused): see `isForeign`. */
const guardHeader = "x-cordboard";

/**
 * Whether a request that changes something comes from somebody else's page. Three locks, any of which would do: the session cookies are
 * `SameSite=Strict`; a request must carry `X-Cordboard`, which browsers let only our own pages send; and `Origin`, where a browser sends
 * it, must be ours.
 */
export function isForeign(request: IncomingMessage, hosts: OwnHosts): boolean {
  return request.headers[guardHeader] === undefined || !isOwnOrigin(request.headers.origin, hosts);
}

/** For sockets, where no header can be added: the `Origin` must be ours. Programs that are no browsers send none. */
export function isOwnOrigin(origin: string | undefined, hosts: OwnHosts): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}

/** Host and port as browsers know this server: the one that was asked, and the one of the public address (a proxy may rewrite the first). */
export type OwnHosts = readonly (string | undefined)[];
