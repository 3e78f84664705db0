import {
  attemptsOf,
  type FlowEvent,
  type FlowRequest,
  insideString,
  isConfidential,
  partsOfRequest,
  type RequestPart,
  type RequestText,
  retryPauseMs,
  valuesAt,
} from "@cordboard/node-kit";
import type { OutgoingAnswer, OutgoingHttp } from "../outgoing-http/index.ts";
import type { Clock } from "../ports/index.ts";

export type RequestOutcome = Omit<Extract<FlowEvent, { type: "request.answered" }>, "type" | "entry">;

/** What came of one request, with the other system's own words for who tries it out. */
export interface RequestReport extends RequestOutcome {
  readonly text: string;
  /** As it was sent, secrets and all: only to say which host was refused. */
  readonly url: string;
}

export interface SendRequestGiven {
  readonly http: OutgoingHttp;
  readonly clock: Clock;
  /** The values of the secrets that it names. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Private hosts that the company may ask. */
  readonly listed: readonly string[];
  /** Tells the other system that attempts belong together. */
  readonly idempotencyKey: string;
}

/** Of an answer, in bytes. */
export const LARGEST_ANSWER = 1_000_000;

/** The secrets that a request names, each once. */
export function secretsOf(request: FlowRequest): readonly string[] {
  const names = partsOfRequest(request).flatMap((part) =>
    typeof part === "string" || isConfidential(part) ? [] : part.secret,
  );
  return [...new Set(names)];
}

/** Asks another system, again where that is allowed and may help. Never throws, and takes no longer than `longestRequestMs`. */
export async function sendRequest(request: FlowRequest, given: SendRequestGiven): Promise<RequestReport> {
  const { pointers, method, timeoutMs } = request;
  const nothing = pointers.map(() => null);
  const ended = (more: Partial<RequestReport>): RequestReport => ({
    ...{ result: "failed", status: 0, values: nothing, attempts: 0, reason: null, text: "", url: request.url },
    ...more,
  });
  const missing = secretsOf(request).find((name) => !given.secrets.has(name));
  if (missing !== undefined) return ended({ reason: `secretMissing ${missing}` });
  // Sealed by another installation: what cannot be opened is not sent as it is.
  if (partsOfRequest(request).some((part) => isConfidential(part) && part.sealed)) return ended({ reason: "sealed" });
  const asked = written(request, given);
  if (asked === null) return ended({ reason: "addressInvalid" });
  const most = attemptsOf(request);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await given.http({ ...asked, method, timeoutMs, maxBytes: LARGEST_ANSWER, listed: given.listed });
    if (attempt < most && mayHelp(answer)) {
      await new Promise<void>((resolve) => {
        given.clock.at(given.clock.now() + retryPauseMs(attempt), resolve);
      });
      continue;
    }
    return ended({ ...judged(answer, pointers), attempts: attempt, url: asked.url });
  }
}

/** Whether another attempt may end otherwise. */
function mayHelp(answer: OutgoingAnswer): boolean {
  if (answer.kind === "failed") return answer.reason === "timeout" || answer.reason === "unreachable";
  return answer.status >= 500 || answer.status === 429;
}

function judged(answer: OutgoingAnswer, pointers: readonly string[]): Partial<RequestReport> {
  if (answer.kind === "failed") {
    const { reason } = answer;
    return { result: reason === "timeout" ? "timeout" : "failed", reason };
  }
  const { status, body: text } = answer;
  const refused = status >= 400 && status < 500;
  if (!refused && (status < 200 || status > 299)) return { status, text };
  if (pointers.length === 0) return { result: refused ? "refused" : "ok", status, text };
  const json = parsed(text);
  // Nothing is expected of a refusal.
  if (refused) return { result: "refused", status, text, values: valuesAt(json, pointers) };
  // No content is nothing to keep, not a fault.
  if (json === undefined && text.trim() !== "") return { status, text, reason: "notJson" };
  return { result: "ok", status, text, values: valuesAt(json, pointers) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Written {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The request with its secrets, as it goes over the wire; null: its address is none. */
function written(
  { url, query, headers, body }: FlowRequest,
  { secrets, idempotencyKey }: SendRequestGiven,
): Written | null {
  const text = (parts: RequestText) => parts.map((part) => pieceOf(part, secrets)).join("");
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target) return null;
  for (const { name, value } of query) target.searchParams.append(name, text(value));
  const own = Object.fromEntries(
    headers.map(({ name, value }) => [name.toLowerCase(), text(value).replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?")]),
  );
  const content =
    body === null
      ? null
      : body.kind === "json"
        ? { type: "application/json", body: text(body.text) }
        : {
            type: "application/x-www-form-urlencoded",
            body: new URLSearchParams(body.fields.map(({ name, value }) => [name, text(value)])).toString(),
          };
  return {
    url: target.href,
    headers: {
      accept: "application/json",
      ...(content && { "content-type": content.type }),
      ...own,
      "idempotency-key": idempotencyKey,
    },
    ...(content && { body: content.body }),
  };
}

function pieceOf(part: RequestPart, secrets: ReadonlyMap<string, string>): string {
  if (typeof part === "string") return part;
  if (isConfidential(part)) return part.confidential;
  const value = secrets.get(part.secret) ?? "";
  if (part.as === "text") return value;
  return part.as === "jsonValue" ? JSON.stringify(value) : insideString(value);
}
