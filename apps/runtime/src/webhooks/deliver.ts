import type { OutgoingAnswer } from "../outgoing-http/index.ts";
import type { Sealer } from "../sealing/index.ts";
import type { DeliveryDocument, StoredAttempt, WebhookDocument } from "./model.ts";
import type { PostSigned } from "./post-signed.ts";

/** So much of an answer is kept, for whoever looks for what went wrong. */
const KEPT_ANSWER = 500;

export interface Attempted {
  readonly attempt: StoredAttempt;
  /** The receiver says that it is there no more (410). */
  readonly gone: boolean;
  /** How long the receiver asks us to wait. */
  readonly askedMs: number | null;
}

interface DeliverGiven {
  readonly post: PostSigned;
  readonly sealer: Sealer;
  readonly now: () => number;
}

/** Sends one delivery once, and says what came of it. Never throws for what the receiver does. */
export const createDeliver =
  ({ post, sealer, now }: DeliverGiven) =>
  async (webhook: WebhookDocument, { eventId, body }: DeliveryDocument): Promise<Attempted> => {
    const at = now();
    const { oldSecret } = webhook;
    const sealed = [webhook.secret, ...(oldSecret && oldSecret.until > at ? [oldSecret.secret] : [])];
    const secrets = sealed.map((secret) => sealer.open(secret));
    const { companyId, url } = webhook;
    const answer = await post({ companyId, url, secrets, id: eventId, at, body });
    return { attempt: { at, durationMs: Math.max(0, now() - at), ...outcomeOf(answer) }, ...wishesOf(answer, now()) };
  };

function outcomeOf(answer: OutgoingAnswer): Pick<StoredAttempt, "status" | "error" | "detail"> {
  if (answer.kind === "failed") {
    // A long answer is still an answer; but nobody knows which.
    return { status: null, error: answer.reason, detail: answer.detail.slice(0, KEPT_ANSWER) };
  }
  const { status, body } = answer;
  const taken = status >= 200 && status < 300;
  return { status, error: taken ? null : "status", detail: body.slice(0, KEPT_ANSWER) };
}

function wishesOf(answer: OutgoingAnswer, now: number): Pick<Attempted, "gone" | "askedMs"> {
  if (answer.kind === "failed") return { gone: false, askedMs: null };
  const asked = answer.headers["retry-after"];
  const seconds = asked === undefined ? Number.NaN : Number(asked);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(asked ?? "") - now;
  return { gone: answer.status === 410, askedMs: Number.isFinite(ms) && ms > 0 ? ms : null };
}
