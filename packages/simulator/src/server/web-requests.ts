import { createHmac } from "node:crypto";
import type { Input, Output } from "../core/types.ts";
import { audioDuration } from "./audio-duration.ts";

type Fetch = Extract<Output, { kind: "fetch" }>;

/** A web server that says nothing for so long is given up, in ms (jambonz 0.9.8, read: `JAMBONES_HTTP_TIMEOUT`). */
const TIMEOUT_MS = 10_000;

export interface WebRequestOptions {
  /** Signs webhooks; without it they go out unsigned. */
  readonly webhookSecret: string | undefined;
  /** Aborts what is under way when the simulator closes. */
  readonly signal: AbortSignal;
}

/** Makes one HTTP request of the core and tells the answer as the core's input. Never throws. */
export async function answerFetch(fetchOrder: Fetch, { webhookSecret, signal }: WebRequestOptions): Promise<Input> {
  const { request, purpose, method, url, body } = fetchOrder;
  const isHook = purpose === "hook" || purpose === "status";
  const headers = { ...fetchOrder.headers, ...(isHook && webhookSecret ? signature(body ?? "", webhookSecret) : {}) };
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      ...(body === undefined ? {} : { body }),
    });
    if (isHook) return { kind: "hookAnswered", request, status: response.status, body: await response.text() };
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status !== 200)
      return { kind: "audioFetched", request, status: response.status, reason: response.statusText };
    const durationMs = audioDuration(bytes);
    // What is no audio cannot be played; the media server reports it as it reports a file that is not there.
    if (durationMs === undefined)
      return { kind: "audioFetched", request, status: 415, reason: "Unsupported Media Type" };
    return { kind: "audioFetched", request, status: 200, durationMs };
  } catch (error) {
    return { kind: "requestFailed", request, ...failureOf(error) };
  }
}

/** `Jambonz-Signature: t=<unix s>,v1=<hex HMAC-SHA256 of "t.body">` (jambonz 0.9.8, read). */
function signature(body: string, secret: string): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1000);
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`, "utf8").digest("hex");
  return { "jambonz-signature": `t=${seconds},v1=${digest}` };
}

/** The code and words of a failed request; `fetch` hides them in the cause. */
export function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "EFAILED";
  return { code, message: cause instanceof Error && cause.message !== "" ? cause.message : code };
}
