import { type CallbacksChange, callbacksChannel } from "../ports/index.ts";
import type { EntityWrite } from "./centre-store.ts";
import type { CallCentrePorts } from "./ports.ts";

/** Tells that callbacks changed, once the store says so too: who hears of it reads there. */
export class CallbackNews {
  readonly #companyId: string;
  readonly #bus: CallCentrePorts["bus"];

  constructor(companyId: string, { bus }: Pick<CallCentrePorts, "bus">) {
    this.#companyId = companyId;
    this.#bus = bus;
  }

  /** `applied`: the writes of the commit have reached their collections. */
  tell(writes: readonly EntityWrite[], applied: Promise<boolean>): void {
    const changed = writes.flatMap((write) =>
      write.collection === "waitingCalls" && write.document.isCallback ? write.document.queueIds : [],
    );
    if (changed.length === 0) return;
    const change: CallbacksChange = { queueIds: [...new Set(changed)] };
    void applied.then((done) => done && this.#bus.publish(callbacksChannel(this.#companyId), change));
  }
}
