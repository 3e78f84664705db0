import type { RequestHandler } from "express";
import helmet from "helmet";

/**
 * The same policy in development and production: no inline script or style, no eval, nothing from elsewhere. HSTS only over TLS, so that
 * a machine that was tried without it is not locked out.
 */
export function securityHeaders(): RequestHandler {
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
        baseUri: ["'none'"],
        formAction: own,
        frameAncestors: ["'none'"],
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
  return (request, response, next) => {
    const { plain, overTls } = request.path.startsWith("/agent") ? agent : everywhere;
    (request.secure ? overTls : plain)(request, response, next);
  };
}
