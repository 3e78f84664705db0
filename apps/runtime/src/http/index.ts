export { createHttpApp, type HttpAppGiven } from "./create-http-app.ts";
export type { Asked, Handlers, SessionCookies, SessionKind } from "./handlers.ts";
export type { Authenticate, SignedInAs } from "./mount-route.ts";
export { isOwnOrigin } from "./origin-guard.ts";
export { isLoopback, readCookie, sessionCookie } from "./session-cookies.ts";
export type { WebRoot } from "./web-roots.ts";
