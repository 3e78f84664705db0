import type { LiveCallPorts } from "./live-call-ports.ts";
import { MessageCarrier } from "./message-carrier.ts";
import type { CallDocument, OutboxItem } from "./model.ts";
import { OutboxCarrier } from "./outbox-carrier.ts";
import { type RequestAnswered, RequestCarrier } from "./request-carrier.ts";

/** All that a call owes to others: what the call centre is to know, in order, what becomes of recordings, and what other systems are asked. */
export class OwedNews {
  readonly #toCentre: OutboxCarrier;
  readonly #toVoicemail: MessageCarrier;

  readonly #toSystems: RequestCarrier;

  constructor(
    ports: LiveCallPorts,
    { confirmed, answered }: { readonly confirmed: (item: OutboxItem) => void; readonly answered: RequestAnswered },
  ) {
    this.#toSystems = new RequestCarrier(ports, answered);
    this.#toCentre = new OutboxCarrier(ports, confirmed);
    this.#toVoicemail = new MessageCarrier(ports, ports.clock, {
      confirmed,
      failed: (error) => ports.log.error({ err: error }, "a message could not be settled yet; trying again"),
    });
  }

  /** `call` must be durable. Returns at once. */
  carry(call: CallDocument): void {
    this.#toCentre.carry(call);
    this.#toVoicemail.carry(call);
    this.#toSystems.carry(call);
  }

  stop(): void {
    this.#toCentre.stop();
    this.#toVoicemail.stop();
    this.#toSystems.stop();
  }
}
