import type { SignInFinding, Texts } from "@cordboard/api";
import type { CodedError } from "../errors/index.ts";
import type { OutgoingHttp } from "../outgoing-http/index.ts";
import type { Clock } from "../ports/index.ts";
import { guardedFetch, IssuerUnreachable } from "./guarded-fetch.ts";
import { type IssuerClient, type Issuers, withOpenid } from "./issuer.ts";
import { CLOCK_TOLERANCE_S, issuerError } from "./issuer-errors.ts";

export interface ExamineGiven {
  readonly issuers: Issuers;
  readonly http: OutgoingHttp;
  readonly clock: Clock;
  readonly privateHosts: (companyId: string) => Promise<readonly string[]>;
  readonly redirectUri: string;
}

/**
 * Asks an issuer what can be asked without a person, and says what is wrong: whether it answers, whether the clocks agree, whether its keys are
 * there, whether it knows us and our secret (by a code that it must refuse). Whether the redirect address is registered shows only when somebody
 * signs in.
 */
export async function examineIssuer(given: ExamineGiven, client: IssuerClient): Promise<SignInFinding[]> {
  const { issuers, http, clock, privateHosts, redirectUri } = given;
  const found: SignInFinding[] = [];
  const say = (level: SignInFinding["level"], fr: string, en: string) => found.push({ level, text: { fr, en } });
  if (client.issuer === "" || client.clientId === "") {
    say("error", "Il manque l’émetteur ou l’identifiant du client.", "The issuer or the client’s id is missing.");
    return found;
  }
  const heardAt: number[] = [];
  let config: Awaited<ReturnType<Issuers["discover"]>>;
  try {
    config = await issuers.discover(client, (answer) => heardAt.push(Date.parse(answer.headers.get("date") ?? "")));
  } catch (cause) {
    const { why } = wordsOf(issuerError(cause, client.issuer));
    say("error", `L’émetteur ne peut pas servir. ${why.fr}`, `The issuer cannot be used. ${why.en}`);
    return found;
  }
  const server = config.serverMetadata();
  say("ok", `L’émetteur répond : ${server.issuer}.`, `The issuer answers: ${server.issuer}.`);
  judgeClock(heardAt[0], clock.now(), say);
  judgeMetadata(server, client, say);
  await judgeKeys(server.jwks_uri, guardedFetch(http, await privateHosts(client.companyId)), say);
  await judgeClient(config, client, redirectUri, say);
  const { protocol, hostname } = new URL(redirectUri);
  if (protocol === "http:" && !/^(localhost|127\.|\[::1\])/.test(hostname)) {
    say(
      "warning",
      `L’adresse de retour (${redirectUri}) est en http : la plupart des émetteurs la refusent.`,
      `The redirect address (${redirectUri}) is http: most issuers refuse it.`,
    );
  }
  return found;
}

type Say = (level: SignInFinding["level"], fr: string, en: string) => unknown;
type Metadata = ReturnType<Awaited<ReturnType<Issuers["discover"]>>["serverMetadata"]>;

function judgeClock(theirs: number | undefined, ours: number, say: Say): void {
  if (theirs === undefined || Number.isNaN(theirs)) return;
  const seconds = Math.round(Math.abs(theirs - ours) / 1_000);
  if (seconds <= CLOCK_TOLERANCE_S) {
    say("ok", "Les horloges s’accordent.", "The clocks agree.");
    return;
  }
  say(
    "error",
    `L’horloge de ce serveur et celle de l’émetteur diffèrent de ${seconds} s ; ${CLOCK_TOLERANCE_S} s sont tolérées.`,
    `This server’s clock and the issuer’s differ by ${seconds} s; ${CLOCK_TOLERANCE_S} s are tolerated.`,
  );
}

function judgeMetadata(server: Metadata, client: IssuerClient, say: Say): void {
  if (!server.authorization_endpoint || !server.token_endpoint) {
    say(
      "error",
      "Sa description ne nomme pas ses points d’accès (authorization_endpoint, token_endpoint).",
      "Its description does not name its endpoints (authorization_endpoint, token_endpoint).",
    );
  }
  const methods = server.code_challenge_methods_supported;
  if (Array.isArray(methods) && !methods.includes("S256")) {
    say("warning", "Il n’annonce pas PKCE (S256).", "It does not announce PKCE (S256).");
  }
  const offered = server.scopes_supported;
  const missing = withOpenid(client.scopes)
    .split(" ")
    .filter((scope) => Array.isArray(offered) && !offered.includes(scope));
  if (missing.length > 0) {
    const list = missing.join(", ");
    say("warning", `Il n’annonce pas les portées : ${list}.`, `It does not announce the scopes: ${list}.`);
  }
}

async function judgeKeys(address: string | undefined, fetch: ReturnType<typeof guardedFetch>, say: Say): Promise<void> {
  try {
    const answer = address === undefined ? null : await fetch(address, { method: "GET", headers: {} });
    const read: unknown = answer?.ok ? await answer.json() : null;
    const keys: unknown = Reflect.get(Object(read), "keys");
    if (Array.isArray(keys) && keys.length > 0) {
      say("ok", `Ses clés de signature se lisent (${keys.length}).`, `Its signing keys can be read (${keys.length}).`);
    } else say("error", "Ses clés de signature ne se lisent pas.", "Its signing keys cannot be read.");
  } catch (cause) {
    const why: Texts = cause instanceof IssuerUnreachable ? cause.why : { fr: String(cause), en: String(cause) };
    say("error", `Ses clés de signature ne se lisent pas. ${why.fr}`, `Its signing keys cannot be read. ${why.en}`);
  }
}

/** A code that it never gave: whoever knows us says `invalid_grant`, and only then. */
async function judgeClient(
  config: Parameters<typeof import("openid-client").genericGrantRequest>[0],
  client: IssuerClient,
  redirectUri: string,
  say: Say,
): Promise<void> {
  const { genericGrantRequest, randomPKCECodeVerifier } = await import("openid-client");
  const asked = { code: "cordboard-test", redirect_uri: redirectUri, code_verifier: randomPKCECodeVerifier() };
  try {
    await genericGrantRequest(config, "authorization_code", asked);
    say("warning", "Il a accepté un code inventé.", "It accepted a code that was made up.");
  } catch (cause) {
    const error = issuerError(cause, client.issuer);
    const { why } = wordsOf(error);
    if (error.code === "signInIssuerRefused" && why.en.startsWith("invalid_grant")) {
      say("ok", "Il connaît ce client et son secret.", "It knows this client and its secret.");
    } else if (error.code === "signInIssuerRefused" && why.en.startsWith("invalid_client")) {
      say(
        "error",
        `Il ne connaît pas ce client, ou le secret n’est pas le bon (${why.fr}).`,
        `It does not know this client, or the secret is not right (${why.en}).`,
      );
    } else {
      say("warning", `À un code d’essai il a répondu : ${why.fr}.`, `To a trial code it answered: ${why.en}.`);
    }
  }
}

function wordsOf({ details, message }: CodedError): { readonly why: Texts } {
  const { why } = details;
  if (typeof why === "object" && why !== null && "fr" in why && "en" in why) {
    return { why: { fr: String(why.fr), en: String(why.en) } };
  }
  const word = typeof why === "string" ? why : message;
  return { why: { fr: word, en: word } };
}
