export { createHttpApp, type HttpAppGiven } from "./create-http-app.ts";
export type { Authenticate, SignedInAs } from "./mount-route.ts";
export { isOwnOrigin } from "./origin-guard.ts";
export { readCookie, sessionCookie } from "./session-cookies.ts";
