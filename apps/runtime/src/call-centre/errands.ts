import { type CallCentrePorts, centreTimes } from "./ports.ts";

/** Something owed to a call, whoever owns it: told until the call has taken it or is gone. */
export interface Errand {
  readonly key: string;
  /** Asked before each attempt: the reason for it may have passed. */
  readonly stillDue: () => boolean;
  readonly tell: () => Promise<"taken" | "gone" | "unowned">;
  readonly done: (result: "taken" | "gone") => void;
}

/** Runs errands, each one attempt at a time, again every second while nobody owns the call. Who takes the matching over starts them anew. */
export class Errands {
  readonly #ports: Pick<CallCentrePorts, "clock" | "log">;
  readonly #running = new Map<string, () => void>();
  #stopped = false;

  constructor(ports: Pick<CallCentrePorts, "clock" | "log">) {
    this.#ports = ports;
  }

  start(errand: Errand): void {
    if (this.#stopped || this.#running.has(errand.key)) return;
    this.#running.set(errand.key, () => {});
    void this.#attempt(errand);
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#running.values()) cancel();
    this.#running.clear();
  }

  async #attempt(errand: Errand): Promise<void> {
    const { clock, log } = this.#ports;
    if (this.#stopped) return;
    if (!errand.stillDue()) {
      this.#running.delete(errand.key);
      return;
    }
    let result: "taken" | "gone" | "unowned" = "unowned";
    try {
      result = await errand.tell();
    } catch (error) {
      log.warn({ err: error, errand: errand.key }, "a call could not be told; trying again");
    }
    if (this.#stopped) return;
    if (result === "unowned") {
      const cancel = clock.at(clock.now() + centreTimes.errandMs, () => void this.#attempt(errand));
      this.#running.set(errand.key, cancel);
    } else {
      this.#running.delete(errand.key);
      errand.done(result);
    }
  }
}
