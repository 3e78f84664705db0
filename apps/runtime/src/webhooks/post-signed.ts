import type { Texts } from "@cordboard/api";
import { failureWords, type OutgoingAnswer, type OutgoingHttp, statusWords } from "../outgoing-http/index.ts";
import { signedHeaders } from "./signature.ts";

const TIMEOUT_MS = 10_000;
const LARGEST_ANSWER = 64_000;

export interface SignedPost {
  readonly companyId: string;
  readonly url: string;
  readonly secrets: readonly string[];
  /** The same when it is sent again. */
  readonly id: string;
  /** UTC milliseconds, part of what is signed. */
  readonly at: number;
  /** JSON text. */
  readonly body: string;
}

interface PostGiven {
  readonly http: OutgoingHttp;
  readonly privateHosts: (companyId: string) => Promise<readonly string[]>;
  readonly version: string;
}

/** Posts JSON to a company's own server, signed as Standard Webhooks: what every webhook of the product does. */
export const createPostSigned =
  ({ http, privateHosts, version }: PostGiven) =>
  async ({ companyId, url, secrets, id, at, body }: SignedPost): Promise<OutgoingAnswer> =>
    http({
      method: "POST",
      url,
      headers: {
        "content-type": "application/json",
        "user-agent": `Cordboard/${version}`,
        ...signedHeaders(secrets, { id, at, body }),
      },
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: LARGEST_ANSWER,
      listed: await privateHosts(companyId),
    });

export type PostSigned = ReturnType<typeof createPostSigned>;

interface Receipt {
  readonly status: number | null;
  /** Null: it was taken. */
  readonly problem: Texts | null;
}

/** Whether the receiver took it, and what people are told when it did not. */
export function receiptOf(answer: OutgoingAnswer, url: string): Receipt {
  if (answer.kind === "failed") {
    const problem = failureWords(answer, { url, timeoutMs: TIMEOUT_MS, maxBytes: LARGEST_ANSWER });
    return { status: null, problem };
  }
  const { status } = answer;
  return { status, problem: status >= 200 && status < 300 ? null : statusWords(status) };
}
