import type { AcdState } from "@cordboard/acd";
import { type BoardMessage, boardChannel } from "../ports/index.ts";
import { nobody, type QueueCount, queueCounts } from "./operator-view.ts";
import { type CallCentrePorts, centreTimes } from "./ports.ts";

/** Tells how many callers wait in each queue, and whether it takes any: what changed, at most twice a second. */
export class Board {
  readonly #companyId: string;
  readonly #ports: Pick<CallCentrePorts, "bus" | "clock">;
  #told: ReadonlyMap<string, QueueCount> = new Map();
  #state: AcdState | null = null;
  #seq = 0;
  #resting = false;
  #cancel: () => void = () => {};

  constructor(companyId: string, ports: Pick<CallCentrePorts, "bus" | "clock">) {
    this.#companyId = companyId;
    this.#ports = ports;
  }

  /** Takes note of the present; tells now, or when the half second since the last message is over. */
  show(state: AcdState): void {
    this.#state = state;
    if (!this.#resting) this.#tell();
  }

  stop(): void {
    this.#cancel();
    this.#state = null;
  }

  #tell(): void {
    this.#resting = false;
    if (!this.#state) return;
    const counts = queueCounts(this.#state);
    const queues: BoardMessage["queues"][number][] = [];
    for (const queueId of new Set([...counts.keys(), ...this.#told.keys()])) {
      const now = counts.get(queueId) ?? nobody;
      const before = this.#told.get(queueId) ?? nobody;
      const same =
        now.waiting === before.waiting && now.longestSince === before.longestSince && now.closed === before.closed;
      if (!same) queues.push({ queueId, ...now });
    }
    if (queues.length === 0) return;
    this.#told = counts;
    this.#seq += 1;
    const message: BoardMessage = { seq: this.#seq, queues };
    this.#ports.bus.publish(boardChannel(this.#companyId), message);
    this.#resting = true;
    const { clock } = this.#ports;
    this.#cancel = clock.at(clock.now() + centreTimes.boardMs, () => this.#tell());
  }
}
