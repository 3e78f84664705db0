import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { errorsOf, limitedMayCall, type RouteContract, type ScreenLanguage, scopeOf } from "@cordboard/api";
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { Value } from "typebox/value";
import { demandScope, type Scope } from "../access/index.ts";
import { CodedError, UserError } from "../errors/index.ts";
import type { Idempotency } from "../idempotency/index.ts";
import { sizeSaid } from "./body-limit.ts";
import type { Redirected, SessionKind, Streamed } from "./handlers.ts";
import { jsonDepth } from "./json-depth.ts";
import { onceByKey } from "./keyed-request.ts";
import { languageOf } from "./language.ts";
import { isForeign } from "./origin-guard.ts";
import { readInput } from "./read-input.ts";
import { readCookie, sessionCookie, sessionCookies } from "./session-cookies.ts";

/** Whom a session's token stands for. */
export interface SignedInAs {
  readonly sessionId: string;
  readonly scope: Scope;
  readonly language: ScreenLanguage;
  /** Of an API key: how many requests it may send in a minute. */
  readonly requestsPerMinute?: number;
}

/** `address`: where the request comes from, for what is noted of a key's use. */
export type Authenticate = (kind: SessionKind, token: string, address?: string) => Promise<SignedInAs | null>;

/** A handler with its types forgotten: what the contract promised was checked before it is called. */
export type AnyHandler = (asked: {
  readonly input: Record<string, unknown>;
  readonly scope: Scope | null;
  readonly language: ScreenLanguage;
  readonly requestId: string;
  readonly address: string;
  readonly cookies: ReturnType<typeof sessionCookies>;
  readonly signal: AbortSignal;
  readonly lastEventId: string | null;
  readonly stillAllowed: () => Promise<boolean>;
  readonly bearer: string | null;
  setStatus(status: number): void;
}) => Promise<unknown>;

const methods = { GET: "get", POST: "post", PUT: "put", DELETE: "delete" } as const;
const defaultBodyBytes = 100_000;
/** Flows nest about ten deep, in a body of their own; nothing else comes near. */
const deepestBody = 70;

export interface MountOptions {
  readonly authenticate: Authenticate;
  readonly publicHost: string | undefined;
  readonly checkAnswers: boolean;
  /** Shared by all routes that take files. */
  readonly uploadTurn: RequestHandler;
  /** Counts a request against its key's limit. */
  /** Absent: keys are taken for nothing (a server without it would do twice what is asked twice). */
  readonly idempotency?: Idempotency;
  readonly keyLimit: (response: Response, apiKeyId: string, quota: number) => Promise<void>;
}

/**
 * Mounts one contract: origin, session and role are checked before the body is read, the body before the handler is called.
 * With `checkAnswers` (tests) an answer that breaks the contract is a bug that shows.
 */
export function mountRoute(
  router: Router,
  route: RouteContract,
  handler: AnyHandler,
  { authenticate, publicHost, checkAnswers, uploadTurn, keyLimit, idempotency }: MountOptions,
): void {
  const kind: SessionKind = route.path.startsWith("/api/desk") ? "operator" : "user";

  const admit: RequestHandler = async (request, response, next) => {
    const bearer = route.roles === "anyone" ? null : readBearer(request);
    // A browser sends cookies by itself, whichever page asks; it never adds a token by itself. So only who comes without one is asked.
    if (bearer === null && route.method !== "GET" && isForeign(request, [request.host, publicHost])) {
      throw new UserError("originRefused");
    }
    const token = bearer ?? readCookie(request.headers.cookie, sessionCookie[kind].name);
    const who = token === null || route.roles === "anyone" ? null : await authenticate(kind, token, request.ip);
    if (who) response.locals.language = languageOf(request.headers["accept-language"], who.language);
    if (route.roles !== "anyone") {
      if (!who) throw new UserError("notSignedIn");
      const { role, key } = who.scope;
      if (key) {
        await keyLimit(response, key.apiKeyId, who.requestsPerMinute ?? 0);
        demandScope(scopeOf(route), key);
      } else if (role === "system" || !route.roles.includes(role)) throw new UserError("notAllowed");
      else if (who.scope.queues && !limitedMayCall(route.id)) throw new UserError("beyondYourQueues");
    }
    response.locals.who = who;
    next();
  };

  const tokenOf = (request: Request) =>
    readBearer(request) ?? readCookie(request.headers.cookie, sessionCookie[kind].name) ?? "";

  const answer: RequestHandler = async (request, response) => {
    const who: SignedInAs | null = response.locals.who;
    const cookies = sessionCookies(request, response, who?.sessionId ?? null);
    const input = { ...readInput(route.request, request), ...(route.upload && { file: uploadOf(request) }) };
    const { body, status } = await onceByKey(route, { request, response, who }, idempotency, async () => {
      let status = route.response === null || route.response === "file" ? 204 : 200;
      const value = await handle({
        input,
        scope: who?.scope ?? null,
        language: languageFor(request, response),
        requestId: String(request.id),
        address: request.ip ?? "unknown",
        cookies,
        bearer: readBearer(request),
        signal: signalOf(response),
        lastEventId: request.get("last-event-id") ?? null,
        stillAllowed: async () => (await authenticate(kind, tokenOf(request), request.ip).catch(() => null)) !== null,
        setStatus: (other) => {
          status = other;
        },
      });
      if (status === 204) return { status };
      if (checkAnswers) checkAnswer(route, value);
      return { status, body: value };
    });
    if (route.response === "events" || route.response === "rows") return send(response, body as Streamed);
    if (route.response === "csv") return send(response, tableOf(route, body as AsyncIterable<string>));
    cookies.send();
    if (route.response === "redirect") {
      response.setHeader("Cache-Control", "no-store");
      return response.redirect(303, (body as Redirected).location);
    }
    response.setHeader("Cache-Control", "no-store");
    response.status(status);
    if (status === 204) response.end();
    else response.json(body);
  };

  /** With `checkAnswers`: a refusal that the contract does not name is a bug that shows. */
  const handle: AnyHandler = async (asked) => {
    try {
      return await handler(asked);
    } catch (thrown) {
      const named = !(thrown instanceof CodedError) || errorsOf(route).includes(thrown.code);
      if (!checkAnswers || named) throw thrown;
      throw new Error(`${route.id} broke its contract: it does not name ${thrown.code}`, { cause: thrown });
    }
  };

  const limit = route.maxBodyBytes ?? defaultBodyBytes;
  const read = route.upload
    ? [sizeSaid(limit), uploadTurn, express.raw({ limit, type: () => true })]
    : route.request.body
      ? [sizeSaid(limit), readBody(limit)]
      : [];
  const steps = [admit, ...read, answer];
  const place = router.route(route.path);
  place[methods[route.method]](...steps);
}

/** Aborted when whoever asked has gone, or was answered. */
function signalOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
}

/** Sends as it is read: it is never whole in memory, and a reader who has left ends the reading. Not compressed: pieces leave at once. */
async function send(response: Response, { contentType, fileName, pieces }: Streamed): Promise<void> {
  response.setHeader("Content-Type", contentType);
  response.setHeader("Cache-Control", "no-store, no-transform");
  // A proxy that collects answers would hold events back.
  response.setHeader("X-Accel-Buffering", "no");
  if (fileName !== undefined) response.setHeader("Content-Disposition", `attachment; filename="${fileName}"`);
  response.flushHeaders();
  try {
    await pipeline(Readable.from(pieces), response);
  } catch (cause) {
    // The reader has gone: that is how a stream of events ends.
    if (response.destroyed || response.writableEnded) return;
    throw cause;
  }
}

const tableOf = ({ id }: RouteContract, pieces: AsyncIterable<string>): Streamed => ({
  contentType: "text/csv; charset=utf-8",
  fileName: `${id.split(".")[0]}.csv`,
  pieces,
});

function checkAnswer(route: RouteContract, value: unknown): void {
  const { response } = route;
  if (response === null || typeof response === "string" || Value.Check(response, value)) return;
  throw new Error(`${route.id} broke its contract: ${JSON.stringify(Value.Errors(response, value))}`);
}

/** The language for an answer, or an error: what the browser asks for, else the signed-in person's, else English. */
export function languageFor(request: Request, response: Response): ScreenLanguage {
  return response.locals.language ?? languageOf(request.headers["accept-language"], "en");
}

function readBody(limit: number): RequestHandler {
  return express.json({
    limit,
    strict: false,
    verify: (_request, _response, text) => {
      if (jsonDepth(text, deepestBody) > deepestBody) throw new UserError("notJson");
    },
  });
}

/** A file as it was sent; no body at all is an empty one. */
function uploadOf({ body }: Request): Uint8Array {
  return Buffer.isBuffer(body) ? body : new Uint8Array();
}

/** Programs pass a key instead of a cookie. What has not the form of one is a token that nothing knows. */
function readBearer({ headers }: Request): string | null {
  const [, token] = /^Bearer\b *(.*)$/i.exec(headers.authorization ?? "") ?? [];
  if (token === undefined) return null;
  return /^[A-Za-z0-9_-]{1,200}$/.test(token) ? token : "";
}
