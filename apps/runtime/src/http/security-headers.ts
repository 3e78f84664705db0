import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import helmet from "helmet";

export interface SecurityGiven {
  /** Origins whose pages may show the agent in a frame. */
  readonly frameOrigins: () => Promise<readonly string[]>;
  /** Where the agent may open a SIP socket; absent: nowhere. */
  readonly softphoneUrl?: string | undefined;
}

/**
 * The same policy in development and production: no inline script or style, no eval, nothing from elsewhere. HSTS only over TLS, so that
 * a machine that was tried without it is not locked out.
 */
export function securityHeaders({ frameOrigins, softphoneUrl }: SecurityGiven): RequestHandler {
  const own = ["'self'"];
  const shared = {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: own,
        scriptSrc: own,
        styleSrc: own,
        fontSrc: own,
        imgSrc: [...own, "data:"],
        mediaSrc: [...own, "blob:"],
        connectSrc: own,
        workerSrc: own,
        manifestSrc: own,
        objectSrc: ["'none'"],
        // The script of a call that accepted itself is shown inside the agent, in a sandbox, from wherever the company's scripts lie.
        frameSrc: ["https:", "http:"],
        baseUri: ["'none'"],
        formAction: own,
        frameAncestors: [(_request: IncomingMessage, response: ServerResponse) => ancestorsOf(response)],
      },
    },
    referrerPolicy: { policy: "same-origin" as const },
    crossOriginOpenerPolicy: { policy: "same-origin-allow-popups" as "same-origin-allow-popups" | "unsafe-none" },
  };
  const hsts = { maxAge: 180 * 24 * 3600, includeSubDomains: false };
  // The agent alone shows other sites, in a frame: scripts whose page is to be beside the call.
  const { directives } = shared.contentSecurityPolicy;
  const framing = {
    ...shared,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...directives,
        frameSrc: ["https:", "http:"],
        // A path would be taken for the only one, and border controllers have none.
        connectSrc: [...own, ...(softphoneUrl === undefined ? [] : [new URL(softphoneUrl).origin])],
      },
    },
  };
  // A window that signs somebody in elsewhere keeps its tie to the page that opened it, be that in a frame of another site.
  const tied = { ...shared, crossOriginOpenerPolicy: { policy: "unsafe-none" as const } };
  const made = (given: typeof shared) => ({
    plain: helmet({ ...given, strictTransportSecurity: false }),
    overTls: helmet({ ...given, strictTransportSecurity: hsts }),
  });
  const [everywhere, agent, signIn] = [made(shared), made(framing), made(tied)];
  return async (request, response, next) => {
    const isAgent = isAgentPage(request.path);
    if (isAgent) response.locals.frameOrigins = await frameOrigins();
    const { plain, overTls } = isSignInWindow(request.path) ? signIn : isAgent ? agent : everywhere;
    (request.secure ? overTls : plain)(request, response, next);
  };
}

const isSignInWindow = (path: string) => path.startsWith("/api/sign-in/") || path === "/agent/signed-in.html";

const isAgentPage = (path: string) => path === "/agent" || path.startsWith("/agent/");

/** The agent may be shown by pages that an administrator named; nothing else of ours by anybody. */
function ancestorsOf(response: ServerResponse): string {
  const { frameOrigins }: { frameOrigins?: readonly string[] } = "locals" in response ? Object(response.locals) : {};
  return frameOrigins === undefined || frameOrigins.length === 0 ? "'none'" : ["'self'", ...frameOrigins].join(" ");
}
