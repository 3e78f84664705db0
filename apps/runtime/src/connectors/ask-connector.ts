import type { ConnectorFields, Texts } from "@cordboard/api";
import { type Dispatcher, request } from "undici";
import { renderScriptUrl } from "../scripts/index.ts";
import { assertHostAllowed, PrivateAddressError } from "./address-guard.ts";

export interface ConnectorAsked {
  readonly connector: ConnectorFields;
  /** What is looked for. */
  readonly key: string;
  readonly secrets: ReadonlyMap<string, string>;
  /** Private addresses that the company's administrator listed. */
  readonly allowed: readonly string[];
  readonly dispatcher: Dispatcher;
}

export type ConnectorAnswer =
  | { readonly ok: true; readonly status: number; readonly text: string; readonly json: unknown }
  | { readonly ok: false; readonly status: number | null; readonly text: string; readonly problem: Texts };

const secretPlace = /\{\{\s*secret\.([A-Za-z][A-Za-z0-9_]{0,39})\s*\}\}/g;
const valuePlace = /\{\{\s*(key|digits)\s*\}\}/g;

/** The secrets that a connector's headers and body name. */
export function secretsNamed({ headers, body }: Pick<ConnectorFields, "headers" | "body">): readonly string[] {
  const texts = [...headers.map(({ value }) => value), body ?? ""];
  return [...new Set(texts.flatMap((text) => [...text.matchAll(secretPlace)].map(([, name = ""]) => name)))];
}

/** Asks the other system once. Never throws, and takes no longer than the connector's time-out. */
export async function askConnector({
  connector,
  key,
  secrets,
  allowed,
  dispatcher,
}: ConnectorAsked): Promise<ConnectorAnswer> {
  const { method, timeoutMs } = connector;
  const failed = (problem: Texts, status: number | null = null, text = ""): ConnectorAnswer => ({
    ok: false,
    status,
    text,
    problem,
  });
  const values = { key, digits: key.replace(/\D/g, "") };
  const missing = secretsNamed(connector).find((name) => !secrets.has(name));
  if (missing !== undefined) return failed(noSecret(missing));
  const rendered = renderScriptUrl({ url: connector.url }, values);
  if (rendered === null) return failed(badAddress);
  try {
    const url = new URL(rendered);
    assertHostAllowed(url, allowed);
    const headers = connector.headers.map(({ name, value }): [string, string] => [
      name.toLowerCase(),
      value.replace(secretPlace, (_, secret: string) => secrets.get(secret) ?? ""),
    ]);
    const body = method === "POST" && connector.body !== null ? jsonBody(connector.body, values, secrets) : null;
    const { statusCode, body: stream } = await request(url, {
      method,
      dispatcher,
      headers: {
        accept: "application/json",
        ...(body !== null && { "content-type": "application/json" }),
        ...Object.fromEntries(headers),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await stream.text();
    // Nobody there is an answer, and the usual one of such services.
    if (statusCode === 404 || statusCode === 204) return { ok: true, status: statusCode, text, json: null };
    if (statusCode < 200 || statusCode > 299) return failed(badStatus(statusCode), statusCode, text);
    try {
      return { ok: true, status: statusCode, text, json: JSON.parse(text) };
    } catch {
      return failed(notJson, statusCode, text);
    }
  } catch (error) {
    return failed(whyOf(error, timeoutMs));
  }
}

/** Values inside JSON strings cannot end them. */
function jsonBody(
  template: string,
  values: Readonly<Record<string, string>>,
  secrets: ReadonlyMap<string, string>,
): string {
  const inside = (text: string) => JSON.stringify(text).slice(1, -1);
  return template
    .replace(secretPlace, (_, name: string) => inside(secrets.get(name) ?? ""))
    .replace(valuePlace, (_, name: string) => inside(values[name] ?? ""));
}

function whyOf(thrown: unknown, timeoutMs: number): Texts {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof PrivateAddressError) return privateAddress(error.address);
    if (error.name === "TimeoutError" || error.name.includes("Timeout")) return tooLate(timeoutMs);
    if (error.name === "ResponseExceededMaxSizeError") return tooLong;
  }
  return unreachable(thrown instanceof Error ? thrown.message : String(thrown));
}

const noSecret = (name: string): Texts => ({
  fr: `Le secret « ${name} » n’existe pas : ajoutez-le.`,
  en: `There is no secret “${name}”: add it.`,
});
const badAddress: Texts = {
  fr: "L’adresse ne peut pas être ouverte avec cette valeur.",
  en: "The address cannot be opened with this value.",
};
const badStatus = (status: number): Texts => ({
  fr: `L’autre système a refusé (statut ${status}).`,
  en: `The other system refused (status ${status}).`,
});
const notJson: Texts = {
  fr: "L’autre système n’a pas répondu en JSON.",
  en: "The other system did not answer in JSON.",
};
const tooLong: Texts = { fr: "La réponse dépasse 1 Mo.", en: "The answer is larger than 1 MB." };
const tooLate = (ms: number): Texts => ({
  fr: `Pas de réponse en ${ms} ms : un appelant n’attendrait pas davantage.`,
  en: `No answer within ${ms} ms: a caller would wait no longer.`,
});
const privateAddress = (address: string): Texts => ({
  fr: `${address} est une adresse privée : un administrateur doit la permettre dans les paramètres de la société.`,
  en: `${address} is a private address: an administrator must allow it in the company’s settings.`,
});
const unreachable = (why: string): Texts => ({
  fr: `L’autre système est injoignable (${why.slice(0, 120)}).`,
  en: `The other system cannot be reached (${why.slice(0, 120)}).`,
});
