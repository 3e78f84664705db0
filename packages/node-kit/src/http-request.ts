/** What a flow asks of another system: settings with `{{ … }}`, and the request that comes of them. */
import { type Expression, type ExpressionScope, type ExpressionValue, expressionVariables } from "./expression.ts";
import { type FormatContext, formatValue } from "./format-value.ts";
import { templatePlaces } from "./template.ts";

/**
 * A piece of a text that is sent. A secret of the company is named, never there: the host puts it in as it sends. `as`: how it is written
 * where it stands: in a text, inside a JSON string, or as a JSON value.
 */
export type RequestPart =
  | string
  | { readonly secret: string; readonly as: "text" | "insideJsonString" | "jsonValue" }
  | ConfidentialPart;
export type RequestText = readonly RequestPart[];

/** What comes of the flow's secret variables, as it is sent: a host stores it `sealed` only, and shows it nowhere. */
export interface ConfidentialPart {
  readonly confidential: string;
  readonly sealed?: true;
}

/** Whether a piece comes of the flow's secret variables. */
export const isConfidential = (part: RequestPart): part is ConfidentialPart =>
  typeof part !== "string" && "confidential" in part;

export type RequestMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface NamedText<Text> {
  readonly name: string;
  readonly value: Text;
}

/** A request as a node's settings have it: every text may hold `{{ … }}`, all but the address also `{{ secret.name }}` and secret variables. */
export interface RequestSettings {
  readonly method: RequestMethod;
  readonly url: string;
  readonly query: readonly NamedText<string>[];
  readonly headers: readonly NamedText<string>[];
  readonly body: "none" | "json" | "form";
  readonly json: string;
  readonly fields: readonly NamedText<string>[];
  /** Of one attempt, from the first packet to the last. */
  readonly timeoutMs: number;
  /** How often it is asked again after an attempt that failed. */
  readonly retries: number;
  /** Also where asking twice may do twice: POST and PATCH. */
  readonly retryAlways: boolean;
  /** JSON pointers into the answer. */
  readonly pointers: readonly string[];
}

/** A request with everything worked out but the secrets. */
export interface FlowRequest {
  readonly method: RequestMethod;
  readonly url: string;
  readonly query: readonly NamedText<RequestText>[];
  readonly headers: readonly NamedText<RequestText>[];
  readonly body:
    | { readonly kind: "json"; readonly text: RequestText }
    | { readonly kind: "form"; readonly fields: readonly NamedText<RequestText>[] }
    | null;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly retryAlways: boolean;
  readonly pointers: readonly string[];
}

/** What settings are worked out by. */
export interface RequestFacts {
  /** Without secrets. */
  readonly scope: ExpressionScope;
  /** The values of the flow's secret variables, which stand in confidential pieces. */
  readonly secrets: Readonly<Record<string, ExpressionValue>>;
  readonly context: FormatContext;
  compile(expression: string): Expression;
  /** An expression that has no value: nothing stands in its place. */
  failed(problem: { readonly source: string; readonly reason: string }): void;
}

/** Methods that may be asked again without doing anything twice (RFC 9110, 9.2.2). */
export const SAFE_METHODS: ReadonlySet<RequestMethod> = new Set(["GET", "PUT", "DELETE"]);

const RETRY_PAUSE_MS = 500;

/** How long is waited before the `attempt`-th time that it is asked again (from 1). */
export const retryPauseMs = (attempt: number): number => RETRY_PAUSE_MS * 2 ** (attempt - 1);

/** How often a request may be made at all. */
export function attemptsOf({
  method,
  retries,
  retryAlways,
}: Pick<FlowRequest, "method" | "retries" | "retryAlways">): number {
  return SAFE_METHODS.has(method) || retryAlways ? retries + 1 : 1;
}

/** The longest that a request can take with all that it may be asked again, milliseconds. */
export function longestRequestMs(
  request: Pick<FlowRequest, "method" | "retries" | "retryAlways" | "timeoutMs">,
): number {
  const attempts = attemptsOf(request);
  const pauses = Array.from({ length: attempts - 1 }, (_, index) => retryPauseMs(index + 1));
  return attempts * request.timeoutMs + pauses.reduce((sum, pause) => sum + pause, 0);
}

const PLACE = /\{\{(.*?)\}\}/gs;
const SECRET = /^secret\.([A-Za-z][A-Za-z0-9_]{0,39})$/;

/** The secrets that a text names, each once. */
export function secretsIn(text: string): readonly string[] {
  const names = [...text.matchAll(PLACE)].flatMap(([, inner = ""]) => SECRET.exec(inner.trim())?.[1] ?? []);
  return [...new Set(names)];
}

/** Whether what stands between the braces names a secret of the company, and no variable. */
export function isSecretPlace(source: string): boolean {
  return SECRET.test(source);
}

/** The text without the places of secrets: what is left is checked like every other text. */
export function withoutSecrets(text: string): string {
  return text.replace(PLACE, (whole, inner: string) => (SECRET.test(inner.trim()) ? "" : whole));
}

type Encoding = "text" | "url" | "json";

/** A node's settings as the request that they mean for this call. Never throws. */
export function requestOf(settings: RequestSettings, facts: RequestFacts): FlowRequest {
  const { method, timeoutMs, retries, retryAlways, pointers } = settings;
  const named = (texts: readonly NamedText<string>[]) =>
    texts.map(({ name, value }) => ({ name, value: partsOf(value, "text", facts) }));
  const url = partsOf(settings.url, "url", facts)
    .filter((part) => typeof part === "string")
    .join("");
  return {
    ...{ method, url, timeoutMs, retries, retryAlways, pointers },
    query: named(settings.query),
    headers: named(settings.headers),
    body:
      method === "GET" || settings.body === "none"
        ? null
        : settings.body === "json"
          ? { kind: "json", text: partsOf(settings.json, "json", facts) }
          : { kind: "form", fields: named(settings.fields) },
  };
}

/** The request with each of its pieces as `change` has it. */
export function withParts(request: FlowRequest, change: (part: RequestPart) => RequestPart): FlowRequest {
  const { body, query, headers } = request;
  const parts = (text: RequestText) => text.map(change);
  const named = (list: readonly NamedText<RequestText>[]) =>
    list.map(({ name, value }) => ({ name, value: parts(value) }));
  return {
    ...request,
    query: named(query),
    headers: named(headers),
    body:
      body === null
        ? null
        : body.kind === "json"
          ? { kind: "json", text: parts(body.text) }
          : { kind: "form", fields: named(body.fields) },
  };
}

/** All pieces of a request. */
export function partsOfRequest({ query, headers, body }: FlowRequest): readonly RequestPart[] {
  const texts = [...query, ...headers].map(({ value }) => value);
  const inBody = body === null ? [] : body.kind === "json" ? [body.text] : body.fields.map(({ value }) => value);
  return [...texts, ...inBody].flat();
}

/** The text's pieces, values written so that they cannot be taken for anything else where they stand. */
function partsOf(text: string, encoding: Encoding, facts: RequestFacts): RequestText {
  const parts: RequestPart[] = [];
  const add = (piece: string) => {
    const last = parts.at(-1);
    if (typeof last === "string") parts[parts.length - 1] = last + piece;
    else if (piece !== "") parts.push(piece);
  };
  const hasSecrets = Object.keys(facts.secrets).length > 0;
  let inString = false;
  let at = 0;
  for (const found of text.matchAll(PLACE)) {
    const between = text.slice(at, found.index);
    at = found.index + found[0].length;
    if (encoding === "json") inString = stringAfter(between, inString);
    add(between);
    const secret = SECRET.exec((found[1] ?? "").trim())?.[1];
    if (secret !== undefined) {
      parts.push({ secret, as: encoding !== "json" ? "text" : inString ? "insideJsonString" : "jsonValue" });
      continue;
    }
    const [place] = templatePlaces(found[0]);
    if (!place) continue;
    const hides =
      hasSecrets && [...expressionVariables(place.expression)].some((name) => Object.hasOwn(facts.secrets, name));
    const put = (piece: string) => {
      if (!hides) add(piece);
      else if (piece !== "") parts.push({ confidential: piece });
    };
    const { variables } = facts.scope;
    const scope = hides ? { ...facts.scope, variables: { ...variables, ...facts.secrets } } : facts.scope;
    const result = facts.compile(place.expression)(scope);
    // A reason may name the value.
    if (!result.ok) facts.failed({ source: place.source, reason: hides ? "secret" : result.reason });
    const value: ExpressionValue | null = result.ok ? result.value : null;
    if (encoding === "json" && !inString)
      put(JSON.stringify(place.format === null ? value : said(value, place.format)));
    else {
      const written = said(value, place.format);
      put(
        encoding === "json" ? insideString(written) : encoding === "url" ? encodeURIComponent(written) : plain(written),
      );
    }
  }
  add(text.slice(at));
  return parts;

  function said(value: ExpressionValue | null, format: string | null): string {
    return value === null ? "" : formatValue(value, format, facts.context);
  }
}

/** Whether a JSON string is open after this stretch of JSON. */
function stringAfter(json: string, open: boolean): boolean {
  let inside = open;
  for (let index = 0; index < json.length; index += 1) {
    if (inside && json[index] === "\\") index += 1;
    else if (json[index] === '"') inside = !inside;
  }
  return inside;
}

/** A text as it stands inside a JSON string. */
export const insideString = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A header cannot be ended by a value. */
const plain = (text: string): string => text.replaceAll(/[\r\n]+/g, " ");

/** How a request ended: what node types lead by. */
export type RequestResult = "ok" | "refused" | "failed" | "timeout";

/** The longest text that a variable takes of an answer. */
const LONGEST_VALUE = 4_000;

/** The values at JSON pointers (RFC 6901) of an answer; null where there is none, or a list, or an object. Never throws. */
export function valuesAt(json: unknown, pointers: readonly string[]): readonly (ExpressionValue | null)[] {
  return pointers.map((pointer) => {
    const value = memberAt(json, pointer);
    if (typeof value === "string") return value.slice(0, LONGEST_VALUE);
    if (typeof value === "number") return Number.isFinite(value) ? value : null;
    return typeof value === "boolean" ? value : null;
  });
}

function memberAt(json: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((value: unknown, part) => {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
      return Reflect.get(value, part);
    }, json);
}

/** A value of an answer as a variable of this type takes it; null: it does not. */
export function valueAs(value: ExpressionValue, type: "string" | "number" | "boolean"): ExpressionValue | null {
  if (typeof value === type) return value;
  if (type === "string") return String(value);
  if (type === "number") {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
    return Number.isFinite(number) ? number : null;
  }
  if (value === "true" || value === 1) return true;
  return value === "false" || value === 0 ? false : null;
}
