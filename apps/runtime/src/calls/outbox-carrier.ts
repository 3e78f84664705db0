import type { CallCard, CallCentre, Clock, PassedOn } from "../ports/index.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument, Consult, OutboxItem } from "./model.ts";
import { hasPartyAtOurEnd } from "./operator-talk.ts";

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 3_000;

/**
 * Tells the call centre what a call owes it, in order, each item until it was confirmed. Items are safe to repeat, so after a crash the
 * next owner simply begins with the first that is still in the document.
 */
export class OutboxCarrier {
  readonly #callCentre: CallCentre;
  readonly #cardOf: (call: CallDocument) => Promise<CallCard>;
  readonly #supervision: LiveCallPorts["supervision"]["told"];
  readonly #clock: Clock;
  readonly #confirmed: (item: OutboxItem) => void;
  readonly #done = new Set<string>();
  #call: CallDocument | null = null;
  #running = false;
  #stopped = false;

  constructor(
    { callCentre, cardOf, clock, supervision }: Pick<LiveCallPorts, "callCentre" | "cardOf" | "clock" | "supervision">,
    confirmed: (item: OutboxItem) => void,
  ) {
    this.#supervision = supervision.told;
    this.#callCentre = callCentre;
    this.#cardOf = cardOf;
    this.#clock = clock;
    this.#confirmed = confirmed;
  }

  /** `call` must be durable. Returns at once. */
  carry(call: CallDocument): void {
    this.#call = call;
    if (!this.#running && !this.#stopped) void this.#run();
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    this.#running = true;
    let wait = FIRST_RETRY_MS;
    for (let item = this.#next(); item && !this.#stopped; item = this.#next()) {
      try {
        await this.#tell(item);
        this.#done.add(item.id);
        this.#confirmed(item);
        wait = FIRST_RETRY_MS;
      } catch {
        await new Promise<void>((resolve) => {
          this.#clock.at(this.#clock.now() + wait, resolve);
        });
        wait = Math.min(LONGEST_RETRY_MS, wait * 2);
      }
    }
    this.#running = false;
  }

  #next(): OutboxItem | undefined {
    return this.#call?.outbox.find(
      (item) => item.kind !== "message" && item.kind !== "talk" && item.kind !== "request" && !this.#done.has(item.id),
    );
  }

  async #tell(item: OutboxItem): Promise<void> {
    const call = this.#call;
    if (!call) return;
    const base = { companyId: call.companyId, callId: call._id };
    switch (item.kind) {
      case "join": {
        // A call that has left the line since would only be joined to be taken out again.
        const consult = call.consult?.entry === item.request.entry ? call.consult : null;
        if (!consult && call.queue?.entry !== item.request.entry) return;
        const card = await this.#cardOf(asSeen(call));
        const consultedBy = consult && askedBy(consult);
        await this.#callCentre.join({
          ...base,
          ...item.request,
          card: { ...card, ...(consultedBy && { consultedBy }) },
        });
        return;
      }
      case "leave":
        await this.#callCentre.leave({ ...base, queueId: item.queueId, entry: item.entry });
        return;
      case "leg":
        await this.#callCentre.reportLeg({ ...base, offerId: item.offerId, report: item.report });
        return;
      case "ended":
        await this.#callCentre.callEnded({ ...base, by: item.by });
        return;
      case "supervision":
        await this.#supervision(call, item.mode);
        return;
      case "message":
      case "talk":
        // MessageCarrier's.
        return;
      case "request":
        // RequestCarrier's.
        return;
    }
  }
}

/** Who asks, for whoever is asked. */
function askedBy({ by: { operatorId, outcome, note }, since }: Consult): PassedOn {
  return { operatorId, at: since, outcome, note };
}

/** Who is at the other end, for whoever is offered the call: of one that we placed, the number that we rang. */
function asSeen(call: CallDocument): CallDocument {
  return call.placed && hasPartyAtOurEnd(call) ? { ...call, from: call.to, to: call.from ?? "", hidden: false } : call;
}
