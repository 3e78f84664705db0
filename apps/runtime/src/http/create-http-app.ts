import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { allRoutes, describeError, errorCatalogue, type ProblemAnswer } from "@cordboard/api";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express, Router } from "express";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";
import { UserError } from "../errors/index.ts";
import type { Idempotency } from "../idempotency/index.ts";
import { type MediaShelf, mediaRoutes } from "../media/index.ts";
import { apiDocs } from "./api-docs/index.ts";
import type { Handlers } from "./handlers.ts";
import { keyLimits } from "./key-limit.ts";
import { type AnyHandler, type Authenticate, languageFor, mountRoute } from "./mount-route.ts";
import { defaultRequestLimits, type RequestLimits, requestLimit } from "./request-limit.ts";
import { securityHeaders } from "./security-headers.ts";
import { toCodedError } from "./to-coded-error.ts";
import { uploadTurns } from "./upload-turns.ts";
import { type WebRoot, webRoots } from "./web-roots.ts";

export interface HttpAppGiven {
  /** One for each contract. */
  readonly handlers: Handlers;
  readonly authenticate: Authenticate;
  readonly idempotency?: Idempotency;
  readonly media: MediaShelf;
  /** What the pages say this release is. */
  readonly version: string;
  readonly log: Logger;
  readonly webRoots: readonly WebRoot[];
  /** Origins whose pages may show the agent in a frame; absent: none. */
  readonly frameOrigins?: () => Promise<readonly string[]>;
  /** Where the agent may register as a SIP user; absent: nowhere. */
  readonly softphoneUrl?: string;
  /** The address that browsers use, where a proxy in front rewrites `Host`. */
  readonly publicUrl?: string;
  /** Addresses of proxies whose X-Forwarded-* headers are believed; what others send is ignored. */
  readonly trustedProxies: readonly string[];
  readonly limits?: RequestLimits;
  /** Checks every answer by its contract: for tests. */
  readonly checkAnswers?: boolean;
}

/** The Express app: everything that the runtime serves but its sockets. It mounts the contracts and nothing else under `/api`. */
export function createHttpApp(given: HttpAppGiven): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.set("trust proxy", given.trustedProxies.length > 0 ? [...given.trustedProxies] : false);

  app.use(requestLog(given.log));
  const { frameOrigins = async () => [], softphoneUrl } = given;
  app.use(securityHeaders({ frameOrigins, softphoneUrl }));
  app.use("/media", mediaRoutes(given.media));
  // After the media: audio is not made smaller by it, and a range of it must stay one.
  app.use(compression());
  app.use("/api", requestLimit(given.limits ?? defaultRequestLimits));
  app.use("/api", apiDocs(given.version));
  app.use(contracts(given));
  app.use(webRoots(given.webRoots));
  app.use(() => {
    throw new UserError("notFound", { what: { fr: "cette adresse", en: "this address" } });
  });
  app.use(answerError(given.log));
  return app;
}

function contracts({ handlers, authenticate, idempotency, publicUrl, checkAnswers = false }: HttpAppGiven): Router {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  const router = Router();
  const uploadTurn = uploadTurns();
  const keyLimit = keyLimits();
  const byId = new Map<string, unknown>(Object.entries(handlers));
  for (const route of allRoutes) {
    if (route.response === "file") continue;
    // Type-checked as `Handlers`: each handler takes what its contract, checked before it, gives.
    const handler = byId.get(route.id) as AnyHandler | undefined;
    if (!handler) throw new Error(`bug: no handler for ${route.id}`);
    const given = { authenticate, publicHost, checkAnswers, uploadTurn, keyLimit };
    mountRoute(router, route, handler, { ...given, ...(idempotency && { idempotency }) });
  }
  return router;
}

/** One line a request: what was asked by its contract's path, never by its values; no header, no body, no number. */
function requestLog(logger: Logger) {
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    quietReqLogger: true,
    autoLogging: { ignore: ({ url }) => url?.startsWith("/health") === true || url?.startsWith("/media/") === true },
    customLogLevel: (_request, response, error) =>
      response.statusCode >= 500 || error ? "error" : response.statusCode >= 400 ? "info" : "debug",
    serializers: { req: ({ id }) => ({ id }), res: () => undefined, err: () => undefined },
    customSuccessObject: (request, response, { responseTime }) => summaryOf(request, response, responseTime),
    customErrorObject: (request, response, _error, { responseTime }) => summaryOf(request, response, responseTime),
  });
}

function summaryOf(request: IncomingMessage, response: ServerResponse, elapsedMs: unknown) {
  const path: unknown = "route" in request ? Reflect.get(Object(request.route), "path") : "(no route)";
  const { method } = request;
  return { method, path, status: response.statusCode, elapsedMs };
}

function answerError(log: Logger): ErrorRequestHandler {
  return (thrown, request, response, next) => {
    const requestId = String(request.id);
    const error = toCodedError(thrown, requestId);
    const { kind, status } = errorCatalogue[error.code];
    if (kind !== "user") log.error({ requestId, code: error.code, err: error.cause ?? thrown }, error.message);
    if (response.headersSent) return next(thrown);
    const sentences = describeError(error.code, error.details, languageFor(request, response));
    const answer: ProblemAnswer = {
      error: { code: error.code, ...sentences, details: { ...error.details }, requestId },
    };
    const { retryAfterSeconds } = error.details;
    if (typeof retryAfterSeconds === "number") response.setHeader("Retry-After", retryAfterSeconds);
    response.setHeader("Cache-Control", "no-store");
    response.status(status).json(answer);
  };
}
