import type { RequestHandler } from "express";
import type { CallHandler, Clock } from "../ports/index.ts";
import { decodeMessage } from "./decode-message.ts";
import type { Log } from "./log.ts";
import { checkWebhookSignature } from "./webhook-signature.ts";

/** A status is a few hundred bytes; nothing that is larger is read. */
const MAX_BODY_BYTES = 64 * 1024;
const MAX_AGE_MS = 5 * 60_000;

export interface StatusWebhookGiven {
  readonly handler: Pick<CallHandler, "onAftermath">;
  /** The account's webhook secret; `null`: statuses by HTTP are refused, because anybody could send them. */
  readonly secret: string | null;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The application's call-status webhook, for an application whose statuses go by HTTP. A call's socket says all of it as well, so only
 * ends are taken up: of calls whose socket is lost, or that jambonz no longer tells anything (protocol facts 40, 42). Needs the body as it came.
 */
export function statusWebhook({ handler, secret, clock, log }: StatusWebhookGiven): RequestHandler {
  return (request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on("end", () => {
      if (size > MAX_BODY_BYTES) return response.status(413).end();
      const body = Buffer.concat(chunks);
      const header = request.headers["jambonz-signature"];
      const check = checkWebhookSignature({
        header: typeof header === "string" ? header : undefined,
        body,
        secret: secret ?? "",
        now: clock.now(),
        maxAgeMs: MAX_AGE_MS,
      });
      if (!check.ok) {
        log.warn({ reason: check.reason }, "telephony: a status by HTTP was refused: its signature does not hold");
        return response.status(401).end();
      }
      const message = decodeMessage(`{"type":"call:status","data":${body.toString("utf8")}}`);
      if (message.kind === "callOver") {
        handler.onAftermath(message.callSid, message.event, message.placed?.ourCallId ?? null);
      }
      return response.status(204).end();
    });
    request.on("error", () => response.destroy());
  };
}
