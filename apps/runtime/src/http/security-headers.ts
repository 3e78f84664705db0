import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import helmet from "helmet";

export interface SecurityGiven {
  /** Origins whose pages may show the agent in a frame. */
  readonly frameOrigins: () => Promise<readonly string[]>;
}

/**
 * The same policy in development and production: no inline script or style, no eval, nothing from elsewhere. HSTS only over TLS, so that
 * a machine that was tried without it is not locked out.
 */
export function securityHeaders({ frameOrigins }: SecurityGiven): RequestHandler {
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
    crossOriginOpenerPolicy: { policy: "same-origin-allow-popups" as const },
  };
  const hsts = { maxAge: 180 * 24 * 3600, includeSubDomains: false };
  // The agent alone shows other sites, in a frame: scripts whose page is to be beside the call.
  const { directives } = shared.contentSecurityPolicy;
  const framing = {
    ...shared,
    contentSecurityPolicy: { useDefaults: false, directives: { ...directives, frameSrc: ["https:", "http:"] } },
  };
  const made = (given: typeof shared) => ({
    plain: helmet({ ...given, strictTransportSecurity: false }),
    overTls: helmet({ ...given, strictTransportSecurity: hsts }),
  });
  const [everywhere, agent] = [made(shared), made(framing)];
  return async (request, response, next) => {
    const isAgent = isAgentPage(request.path);
    if (isAgent) response.locals.frameOrigins = await frameOrigins();
    const { plain, overTls } = isAgent ? agent : everywhere;
    (request.secure ? overTls : plain)(request, response, next);
  };
}

const isAgentPage = (path: string) => path === "/agent" || path.startsWith("/agent/");

/** The agent may be shown by pages that an administrator named; nothing else of ours by anybody. */
function ancestorsOf(response: ServerResponse): string {
  const { frameOrigins }: { frameOrigins?: readonly string[] } = "locals" in response ? Object(response.locals) : {};
  return frameOrigins === undefined || frameOrigins.length === 0 ? "'none'" : ["'self'", ...frameOrigins].join(" ");
}
