import type { Texts } from "@cordboard/api";
import { failureWords, type OutgoingHttp } from "../outgoing-http/index.ts";

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1_000_000;

/** The issuer was not asked, or not heard; says why. */
export class IssuerUnreachable extends Error {
  override readonly name = "IssuerUnreachable";
  readonly why: Texts;

  constructor(why: Texts) {
    super(why.en);
    this.why = why;
  }
}

interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * A `fetch` for a library, by the product's one way out: private addresses only where they are listed, redirects not followed. Rejects with
 * `IssuerUnreachable`.
 */
export function guardedFetch(
  http: OutgoingHttp,
  listed: readonly string[],
  heard: (answer: Response) => void = () => {},
) {
  return async (url: string, { method, headers, body }: Asked): Promise<Response> => {
    const request = {
      method: method === "POST" ? "POST" : "GET",
      url,
      headers: { ...headers },
      ...(body != null && { body: String(body) }),
      ...{ timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, listed },
    } as const;
    const answer = await http(request);
    if (answer.kind === "failed") throw new IssuerUnreachable(failureWords(answer, request));
    const { status, body: text } = answer;
    const empty = status === 204 || status === 304;
    const response = new Response(empty ? null : text, { status, headers: plain(answer.headers) });
    heard(response);
    return response;
  };
}

/** What was said of the body's transport no longer holds once it was read. */
function plain(headers: Readonly<Record<string, string>>): Record<string, string> {
  const gone = new Set(["content-encoding", "content-length", "transfer-encoding"]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !gone.has(name.toLowerCase())));
}
