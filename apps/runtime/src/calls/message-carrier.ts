import type { Clock } from "../ports/index.ts";
import type { CallDocument, OutboxItem } from "./model.ts";
import type { Conversations, Mailbox } from "./recorder.ts";

type MessageItem = Extract<OutboxItem, { kind: "message" | "talk" }>;

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/**
 * Tells the voicemail, and those who keep conversations, what became of a call's recordings, each until it was confirmed. Apart from what the call centre is told: a disk that
 * is full must not keep an operator from hearing that the caller hung up.
 */
export class MessageCarrier {
  readonly #mailbox: Mailbox;
  readonly #conversations: Pick<Conversations, "keep">;
  readonly #clock: Clock;
  readonly #confirmed: (item: OutboxItem) => void;
  readonly #failed: (error: unknown) => void;
  readonly #taken = new Set<string>();
  #stopped = false;

  constructor(
    { mailbox, conversations }: { readonly mailbox: Mailbox; readonly conversations: Pick<Conversations, "keep"> },
    clock: Clock,
    on: { readonly confirmed: (item: OutboxItem) => void; readonly failed: (error: unknown) => void },
  ) {
    this.#mailbox = mailbox;
    this.#conversations = conversations;
    this.#clock = clock;
    this.#confirmed = on.confirmed;
    this.#failed = on.failed;
  }

  /** `call` must be durable. Returns at once. */
  carry(call: CallDocument): void {
    for (const item of call.outbox) {
      if ((item.kind !== "message" && item.kind !== "talk") || this.#taken.has(item.id) || this.#stopped) continue;
      this.#taken.add(item.id);
      void this.#untilTold(call, item);
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  async #untilTold(call: CallDocument, item: MessageItem): Promise<void> {
    for (let wait = FIRST_RETRY_MS; !this.#stopped; wait = Math.min(LONGEST_RETRY_MS, wait * 2)) {
      try {
        await this.#tell(call, item);
        this.#confirmed(item);
        return;
      } catch (error) {
        this.#failed(error);
        await new Promise<void>((resolve) => {
          this.#clock.at(this.#clock.now() + wait, resolve);
        });
      }
    }
  }

  #tell(call: CallDocument, item: MessageItem): Promise<void> {
    const { companyId, _id: callId, from, hidden, callerName, lineName } = call;
    if (item.kind === "talk") {
      const number = call.direction === "outbound" ? call.to : hidden ? null : from;
      return this.#conversations.keep({ ...item.talk, companyId, callId, number });
    }
    const { recordingId } = item;
    if (!item.keep) return this.#mailbox.drop({ companyId, recordingId });
    const { boxId, minMs } = item.keep;
    return this.#mailbox.deliver({ companyId, callId, recordingId, boxId, minMs, from, hidden, callerName, lineName });
  }
}
