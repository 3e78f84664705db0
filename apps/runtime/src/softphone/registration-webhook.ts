import express, { type RequestHandler, Router } from "express";
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { Clock } from "../ports/index.ts";
import { allowsBasicAuth, type Credentials, checkWebhookSignature } from "../telephony/index.ts";
import type { SoftphoneKeys } from "./softphone-keys.ts";

/** A registration with its headers is some kilobytes. */
const MAX_BODY_BYTES = 64 * 1024;
const MAX_AGE_MS = 5 * 60_000;

/** The longest that a registration is granted for, s: of a browser that vanishes, nothing is left after it. */
const MOST_SECONDS = 300;

/** What jambonz posts (jambonz digest-utils 0.0.6, read: the parts of the Authorization header, the method, and with POST all headers). */
const Asked = Type.Object({
  method: Type.String(),
  realm: Type.String(),
  username: Type.String(),
  nonce: Type.String(),
  uri: Type.String(),
  response: Type.String(),
  qop: Type.Optional(Type.String()),
  nc: Type.Optional(Type.String()),
  cnonce: Type.Optional(Type.String()),
  algorithm: Type.Optional(Type.String()),
  expires: Type.Optional(Type.Union([Type.Number(), Type.String(), Type.Null()])),
  headers: Type.Optional(Type.Object({ to: Type.Optional(Type.String()) })),
});

export interface RegistrationWebhookGiven {
  readonly keys: Pick<SoftphoneKeys, "holds">;
  /** The realm that softphones register in. */
  readonly realm: string;
  /** The account's webhook secret; `null`: only the basic auth of the application lets jambonz in. */
  readonly secret: string | null;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly log: { warn(what: object, words: string): void };
}

/**
 * The account's registration webhook: jambonz asks whether a SIP user may register. Only softphones are known here, and only to be rung: with what
 * a softphone has, nobody can place a call (method INVITE), so that a stolen password costs nothing. Needs the body as it came.
 */
export function registrationWebhook(given: RegistrationWebhookGiven): RequestHandler {
  const { credentials, secret, clock, log } = given;
  const router = Router();
  router.use(express.raw({ type: () => true, limit: MAX_BODY_BYTES }));
  router.use((request, response) => {
    const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const header = request.headers["jambonz-signature"];
    const signed = checkWebhookSignature({
      ...{ header: typeof header === "string" ? header : undefined, body },
      ...{ secret: secret ?? "", now: clock.now(), maxAgeMs: MAX_AGE_MS },
    });
    if (!signed.ok && !allowsBasicAuth(request.headers.authorization, credentials)) {
      log.warn({ reason: signed.reason }, "softphone: a registration was refused: its signature does not hold");
      return response.status(401).end();
    }
    const why = whyRefused(body, given);
    if (why !== null) log.warn({ why }, "softphone: a registration was refused");
    return response.json(why === null ? { status: "ok", ...granted(body) } : { status: "fail", msg: why });
  });
  return router;
}

/** `null`: it may register. */
function whyRefused(body: Buffer, { keys, realm }: Pick<RegistrationWebhookGiven, "keys" | "realm">): string | null {
  const asked = parsed(body);
  if (!Value.Check(Asked, asked)) return "not a registration as jambonz posts it";
  if (asked.method !== "REGISTER") return "softphones only register: calls are placed by Cordboard";
  if (asked.algorithm !== undefined && asked.algorithm.toUpperCase() !== "MD5") return "only MD5 is understood";
  if (asked.realm.toLowerCase() !== realm.toLowerCase()) return "another realm";
  const registered = /sips?:([^@>;]+)@/i.exec(asked.headers?.to ?? "")?.[1];
  if (registered !== undefined && registered !== asked.username) return "the user registers for somebody else";
  return keys.holds(asked) ? null : "unknown user, or a password that no longer holds";
}

function granted(body: Buffer): { readonly expires?: number } {
  const asked = parsed(body);
  const seconds = Value.Check(Asked, asked) ? Number(asked.expires) : Number.NaN;
  return seconds > MOST_SECONDS ? { expires: MOST_SECONDS } : {};
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
