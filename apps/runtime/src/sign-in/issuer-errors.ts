import type { Texts } from "@cordboard/api";
import { type CodedError, OutsideError, UserError } from "../errors/index.ts";
import { IssuerUnreachable } from "./guarded-fetch.ts";

/** So far two clocks may be apart. Seconds. */
export const CLOCK_TOLERANCE_S = 60;

/** Longer words of somebody else's are cut: they are shown to whoever signs in. */
const LONGEST = 200;

/** What the library threw, as an error that says what is the matter. Codes: oauth4webapi. */
export function issuerError(cause: unknown, issuer: string): CodedError {
  const chain = causesOf(cause);
  const unreachable = chain.find((one) => one instanceof IssuerUnreachable);
  if (unreachable instanceof IssuerUnreachable) return unusable(issuer, unreachable.why, cause);
  const codes = chain.flatMap((one) => word(one, "code") ?? []);
  const said = chain.flatMap((one) => word(one, "error") ?? [])[0];
  if (said !== undefined || codes.includes("OAUTH_WWW_AUTHENTICATE_CHALLENGE")) {
    const description = chain.flatMap((one) => word(one, "error_description") ?? [])[0];
    const why = [said ?? "invalid_client", description].filter(Boolean).join(" : ").slice(0, LONGEST);
    return new UserError("signInIssuerRefused", { why }, { cause });
  }
  if (codes.includes("OAUTH_JWT_TIMESTAMP_CHECK_FAILED")) {
    return new UserError("signInClockWrong", { seconds: CLOCK_TOLERANCE_S }, { cause });
  }
  const strange = codes.flatMap((code) => answerWords[code] ?? [])[0];
  if (strange) return unusable(issuer, strange, cause);
  const why = chain.map(({ message }) => message).join(" : ");
  return new UserError("signInAnswerRefused", { why: why.slice(0, LONGEST) }, { cause });
}

function unusable(issuer: string, why: Texts, cause: unknown): CodedError {
  return new OutsideError(
    "signInIssuerUnreachable",
    { issuer, why },
    { cause: cause instanceof Error ? cause : undefined },
  );
}

const notAsExpected: Texts = {
  fr: "À cette adresse ne répond pas un service OpenID Connect.",
  en: "What answers at this address is no OpenID Connect service.",
};

const answerWords: Readonly<Record<string, Texts>> = {
  OAUTH_RESPONSE_IS_NOT_CONFORM: notAsExpected,
  OAUTH_RESPONSE_IS_NOT_JSON: notAsExpected,
  OAUTH_PARSE_ERROR: notAsExpected,
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: {
    fr: "Il se donne un autre nom d’émetteur que celui des réglages (une barre oblique finale compte).",
    en: "It gives itself another issuer’s name than the settings do (a final slash counts).",
  },
  OAUTH_MISSING_SERVER_METADATA: {
    fr: "Sa description ne nomme pas tous les points d’accès nécessaires.",
    en: "Its description does not name all the endpoints that are needed.",
  },
  OAUTH_HTTP_REQUEST_FORBIDDEN: {
    fr: "Un de ses points d’accès n’est pas en https.",
    en: "One of its endpoints is not https.",
  },
};

function causesOf(cause: unknown): Error[] {
  const chain: Error[] = [];
  for (let one = cause; one instanceof Error && chain.length < 5; one = one.cause) chain.push(one);
  return chain;
}

function word(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : undefined;
}
