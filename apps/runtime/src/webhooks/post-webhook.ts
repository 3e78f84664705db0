import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { publicLookup } from "./public-lookup.ts";

export interface Webhook {
  readonly url: string;
  readonly secret: string;
  /** JSON text. */
  readonly body: string;
  /** UTC milliseconds, part of what is signed: an old one that somebody kept shows as such. */
  readonly at: number;
  /** Hosts that may be called though they lie in a private network. */
  readonly privateHosts: readonly string[];
  readonly timeoutMs?: number;
}

/** `delivered`: answered with a status of success. `answer` says what came back, or why nothing did. */
export interface WebhookAnswer {
  readonly delivered: boolean;
  readonly answer: string;
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`: what `Cordboard-Signature` says of a body. */
function webhookSignature(secret: string, body: string, at: number): string {
  const seconds = Math.floor(at / 1_000);
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

/**
 * Posts a signed body and waits for the answer. Addresses of private networks are refused unless their host is listed: a company's settings
 * must not reach what only the server can. Redirections are not followed, for the same reason. Never rejects.
 */
export function postWebhook({
  url,
  secret,
  body,
  at,
  privateHosts,
  timeoutMs = 10_000,
}: Webhook): Promise<WebhookAnswer> {
  return new Promise((resolve) => {
    const failed = (why: string) => resolve({ delivered: false, answer: why });
    if (!URL.canParse(url)) return failed("not an address");
    const target = new URL(url);
    const isListed = privateHosts.includes(target.hostname);
    const post = target.protocol === "https:" ? httpsRequest : httpRequest;
    const refusal = isListed ? null : publicLookup.refusal(target.hostname);
    if (refusal !== null) return failed(refusal);
    const sent = post(
      target,
      {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Cordboard",
          "cordboard-signature": webhookSignature(secret, body, at),
        },
        signal: AbortSignal.timeout(timeoutMs),
        ...(!isListed && { lookup: publicLookup.lookup }),
      },
      (response) => {
        response.resume();
        const { statusCode = 0 } = response;
        resolve({ delivered: statusCode >= 200 && statusCode < 300, answer: `HTTP ${statusCode}` });
      },
    );
    sent.on("error", (error) => failed(error.message));
    sent.end(body);
  });
}
