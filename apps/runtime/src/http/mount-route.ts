import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { errorsOf, type RouteContract, type ScreenLanguage } from "@cordboard/api";
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { Value } from "typebox/value";
import type { Scope } from "../access/index.ts";
import { CodedError, UserError } from "../errors/index.ts";
import { sizeSaid } from "./body-limit.ts";
import type { SessionKind } from "./handlers.ts";
import { jsonDepth } from "./json-depth.ts";
import { languageOf } from "./language.ts";
import { isForeign } from "./origin-guard.ts";
import { readInput } from "./read-input.ts";
import { readCookie, sessionCookie, sessionCookies } from "./session-cookies.ts";

/** Whom a session's token stands for. */
export interface SignedInAs {
  readonly sessionId: string;
  readonly scope: Scope;
  readonly language: ScreenLanguage;
}

export type Authenticate = (kind: SessionKind, token: string) => Promise<SignedInAs | null>;

/** A handler with its types forgotten: what the contract promised was checked before it is called. */
export type AnyHandler = (asked: {
  readonly input: Record<string, unknown>;
  readonly scope: Scope | null;
  readonly language: ScreenLanguage;
  readonly requestId: string;
  readonly address: string;
  readonly cookies: ReturnType<typeof sessionCookies>;
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
}

/**
 * Mounts one contract: origin, session and role are checked before the body is read, the body before the handler is called.
 * With `checkAnswers` (tests) an answer that breaks the contract is a bug that shows.
 */
export function mountRoute(
  router: Router,
  route: RouteContract,
  handler: AnyHandler,
  { authenticate, publicHost, checkAnswers, uploadTurn }: MountOptions,
): void {
  const kind: SessionKind = route.path.startsWith("/api/desk") ? "operator" : "user";

  const admit: RequestHandler = async (request, response, next) => {
    if (route.method !== "GET" && isForeign(request, [request.host, publicHost])) throw new UserError("originRefused");
    const token = readCookie(request.headers.cookie, sessionCookie[kind].name) ?? readBearer(request);
    const who = token === null || route.roles === "anyone" ? null : await authenticate(kind, token);
    if (who) response.locals.language = languageOf(request.headers["accept-language"], who.language);
    if (route.roles !== "anyone") {
      if (!who) throw new UserError("notSignedIn");
      const { role } = who.scope;
      if (role === "system" || !route.roles.includes(role)) throw new UserError("notAllowed");
    }
    response.locals.who = who;
    next();
  };

  const answer: RequestHandler = async (request, response) => {
    const who: SignedInAs | null = response.locals.who;
    const cookies = sessionCookies(request, response, who?.sessionId ?? null);
    const value = await handle({
      input: { ...readInput(route.request, request), ...(route.upload && { file: uploadOf(request) }) },
      scope: who?.scope ?? null,
      language: languageFor(request, response),
      requestId: String(request.id),
      address: request.ip ?? "unknown",
      cookies,
      setStatus: (status) => response.status(status),
    });
    cookies.send();
    response.setHeader("Cache-Control", "no-store");
    if (route.response === "csv") return sendTable(response, route.id, value);
    if (route.response === null || route.response === "file") return void response.status(204).end();
    if (checkAnswers && !Value.Check(route.response, value)) {
      throw new Error(`${route.id} broke its contract: ${JSON.stringify(Value.Errors(route.response, value))}`);
    }
    response.json(value);
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

/** Sends a table as it is read: its rows are never all in memory, and a reader who has left ends the reading. */
async function sendTable(response: Response, routeId: string, rows: unknown): Promise<void> {
  response.setHeader("Content-Type", "text/csv; charset=utf-8");
  response.setHeader("Content-Disposition", `attachment; filename="${routeId.split(".")[0]}.csv"`);
  await pipeline(Readable.from(rows as AsyncIterable<string>), response);
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

/** Programs pass a key instead of a cookie. */
function readBearer({ headers }: Request): string | null {
  return /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(headers.authorization ?? "")?.[1] ?? null;
}
