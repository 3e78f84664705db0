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
        // The script of a call that accepted itself is shown inside the agent, in a sandbox, from wherever the company's scripts lie.
        frameSrc: ["https:", "http:"],
        baseUri: ["'none'"],
        formAction: own,
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: "same-origin" as const },
    crossOriginOpenerPolicy: { policy: "same-origin-allow-popups" as const },
  };
  const plain = helmet({ ...shared, strictTransportSecurity: false });
  const overTls = helmet({ ...shared, strictTransportSecurity: { maxAge: 180 * 24 * 3600, includeSubDomains: false } });
  return (request, response, next) => (request.secure ? overTls : plain)(request, response, next);
}
