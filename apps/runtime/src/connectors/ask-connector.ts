import type { ConnectorFields, Texts } from "@cordboard/api";
import { failureWords, type OutgoingHttp, statusWords } from "../outgoing-http/index.ts";
import { renderScriptUrl } from "../scripts/index.ts";

export interface ConnectorAsked {
  readonly connector: ConnectorFields;
  /** What is looked for. */
  readonly key: string;
  /** A code that is checked or sent. Only a body may name it: addresses are written down by servers on the way. */
  readonly code?: string;
  readonly secrets: ReadonlyMap<string, string>;
  /** Private hosts that the company's administrator listed. */
  readonly listed: readonly string[];
  readonly http: OutgoingHttp;
}

export type ConnectorAnswer =
  | { readonly ok: true; readonly status: number; readonly text: string; readonly json: unknown }
  | { readonly ok: false; readonly status: number | null; readonly text: string; readonly problem: Texts };

/** Of an answer, in bytes. */
const LARGEST_ANSWER = 1_000_000;

const secretPlace = /\{\{\s*secret\.([A-Za-z][A-Za-z0-9_]{0,39})\s*\}\}/g;
const valuePlace = /\{\{\s*(key|digits|code)\s*\}\}/g;

/** The secrets that a connector's headers and body name. */
export function secretsNamed({ headers, body }: Pick<ConnectorFields, "headers" | "body">): readonly string[] {
  const texts = [...headers.map(({ value }) => value), body ?? ""];
  return [...new Set(texts.flatMap((text) => [...text.matchAll(secretPlace)].map(([, name = ""]) => name)))];
}

/** Asks the other system once. Never throws, and takes no longer than the connector's time-out. */
export async function askConnector({
  connector,
  key,
  code = "",
  secrets,
  listed,
  http,
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
  const url = renderScriptUrl({ url: connector.url }, values);
  if (url === null) return failed(badAddress);
  const headers = connector.headers.map(({ name, value }): [string, string] => [
    name.toLowerCase(),
    value.replace(secretPlace, (_, secret: string) => secrets.get(secret) ?? ""),
  ]);
  const body =
    method === "POST" && connector.body !== null ? jsonBody(connector.body, { ...values, code }, secrets) : null;
  const answer = await http({
    ...{ method, url, timeoutMs, maxBytes: LARGEST_ANSWER, listed },
    headers: {
      accept: "application/json",
      ...(body !== null && { "content-type": "application/json" }),
      ...Object.fromEntries(headers),
    },
    ...(body !== null && { body }),
  });
  if (answer.kind === "failed") {
    const { reason } = answer;
    return failed(
      reason === "timeout" ? tooLate(timeoutMs) : failureWords(answer, { url, timeoutMs, maxBytes: LARGEST_ANSWER }),
    );
  }
  const { status, body: text } = answer;
  // Nobody there is an answer, and the usual one of such services.
  if (status === 404 || status === 204) return { ok: true, status, text, json: null };
  if (status < 200 || status > 299) return failed(statusWords(status), status, text);
  try {
    return { ok: true, status, text, json: JSON.parse(text) };
  } catch {
    return failed(notJson, status, text);
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

const noSecret = (name: string): Texts => ({
  fr: `Le secret « ${name} » n’existe pas : ajoutez-le.`,
  en: `There is no secret “${name}”: add it.`,
});
const badAddress: Texts = {
  fr: "L’adresse ne peut pas être ouverte avec cette valeur.",
  en: "The address cannot be opened with this value.",
};
const notJson: Texts = {
  fr: "L’autre système n’a pas répondu en JSON.",
  en: "The other system did not answer in JSON.",
};
const tooLate = (ms: number): Texts => ({
  fr: `Pas de réponse en ${ms} ms : un appelant n’attendrait pas davantage.`,
  en: `No answer within ${ms} ms: a caller would wait no longer.`,
});
