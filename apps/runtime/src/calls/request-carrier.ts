import type { FlowEvent, FlowRequest } from "@cordboard/node-kit";
import type { CallDocument, OutboxItem } from "./model.ts";

type RequestItem = Extract<OutboxItem, { kind: "request" }>;

export type RequestAnswer = Omit<Extract<FlowEvent, { type: "request.answered" }>, "type" | "entry">;
export type RequestAnswered = (item: RequestItem, answer: RequestAnswer) => void;

/** Asks other systems what flows ask of them. `key`: the same for all attempts of one question. */
export interface FlowRequests {
  send(of: { readonly companyId: string; readonly key: string }, request: FlowRequest): Promise<RequestAnswer>;
}

interface Ports {
  readonly flowRequests: FlowRequests;
  readonly log: { error(details: object, message: string): void };
}

/**
 * Asks other systems what a call's flow asks of them. Begun as soon as the step that asks is durable, and by each owner of the call anew: at least
 * once. All attempts for one item carry the same key, by which the other system can tell.
 */
export class RequestCarrier {
  readonly #ports: Ports;
  readonly #answered: RequestAnswered;
  readonly #taken = new Set<string>();
  #stopped = false;

  constructor(ports: Ports, answered: RequestAnswered) {
    this.#ports = ports;
    this.#answered = answered;
  }

  /** `call` must be durable. Returns at once. */
  carry(call: CallDocument): void {
    for (const item of call.outbox) {
      if (item.kind !== "request" || this.#taken.has(item.id) || this.#stopped) continue;
      this.#taken.add(item.id);
      void this.#ask(call, item);
    }
  }

  /** What is under way is not told of any more: the call's next owner asks again. */
  stop(): void {
    this.#stopped = true;
  }

  async #ask({ companyId, _id: callId }: CallDocument, item: RequestItem): Promise<void> {
    const answer = await this.#ports.flowRequests
      .send({ companyId, key: `${callId}.${item.entry}` }, item.request)
      .catch((error): RequestAnswer => {
        this.#ports.log.error({ callId, err: error }, "another system could not be asked");
        return { result: "failed", status: 0, values: [], attempts: 0, reason: "notAsked" };
      });
    if (!this.#stopped) this.#answered(item, answer);
  }
}
