import type { AcdState } from "@cordboard/acd";
import {
  type LiveChanges,
  type LiveOperatorRow,
  type LiveQueueRow,
  type LiveSnapshot,
  liveChannel,
} from "../ports/index.ts";
import type { Lease } from "./centre-store.ts";
import { DayVisits } from "./day-visits.ts";
import { HANDLING_MS, Handlings } from "./handlings.ts";
import type { Holding, Outcome } from "./holding.ts";
import { liveOperatorRow, liveQueueRows } from "./live-rows.ts";
import { type CallCentrePorts, type CentreQueue, centreTimes } from "./ports.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const STANDARD_WITHIN_MS = 20_000;

/**
 * Tells live boards what changed: the rows of queues and operators that are not as they were told last, at most once a second, numbered
 * within the lease's epoch; and every few seconds how far it is, so that a board notices that it missed the last message. Nothing is decided
 * by it: what it cannot count just now it counts a moment later.
 */
export class LiveFeed {
  readonly #companyId: string;
  readonly #epoch: number;
  readonly #ports: Pick<CallCentrePorts, "bus" | "clock" | "store" | "lookups" | "log">;
  readonly #visits = new DayVisits();
  readonly #handlings = new Handlings();
  readonly #told = new Map<string, string>();
  readonly #changed = new Set<string>();
  #day = { from: 0, until: 0 };
  /** What conversations took before this process began to decide is known. */
  #handled = false;
  #counted: Promise<void> | null = null;
  #holding: Holding | null = null;
  /** Whether queues take callers follows from these, which no write tells of. */
  #queues: AcdState["queues"] | null = null;
  #openSchedules: AcdState["openSchedules"] | null = null;
  #seq = 0;
  #toldAt = 0;
  #beatAt = 0;
  #due = false;
  #cancel: () => void = () => {};

  constructor({ companyId, epoch }: Lease, ports: CallCentrePorts) {
    this.#companyId = companyId;
    this.#epoch = epoch;
    this.#ports = ports;
  }

  start(holding: Holding): void {
    this.#holding = holding;
    for (const { operatorId } of Object.values(holding.state.shifts)) this.#changed.add(operatorId);
    void this.#countDay();
    this.#beat();
  }

  /** Takes note of a commit. */
  show({ writes, operatorIds }: Outcome): void {
    for (const operatorId of operatorIds) this.#changed.add(operatorId);
    for (const { collection, document } of writes) {
      if (collection === "waitingCalls" && document.isCallback !== true) this.#visits.add(document);
      if (collection === "shiftTimes") this.#handlings.add(document);
    }
    const { queues, openSchedules } = this.#holding?.state ?? { queues: null, openSchedules: null };
    const isOpened = queues !== this.#queues || openSchedules !== this.#openSchedules;
    this.#queues = queues;
    this.#openSchedules = openSchedules;
    if (writes.length > 0 || isOpened) this.#tellSoon();
  }

  stop(): void {
    this.#cancel();
    this.#holding = null;
  }

  /** The board as it is, with everything that is told up to it. */
  async snapshot(): Promise<LiveSnapshot> {
    await this.#countDay();
    const holding = this.#holding;
    const operatorIds = Object.values(holding?.state.shifts ?? {}).map(({ operatorId }) => operatorId);
    return this.#message(this.#queueRows(), this.#operatorRows(new Set(operatorIds)));
  }

  #tellSoon(): void {
    if (this.#due || !this.#holding) return;
    this.#due = true;
    const { clock } = this.#ports;
    this.#cancel();
    this.#cancel = clock.at(Math.max(clock.now(), this.#toldAt + centreTimes.liveMs), () => this.#tell());
  }

  /** Without being asked: shares of the last half-hour change as time passes. */
  #beat(): void {
    const { clock } = this.#ports;
    this.#cancel();
    this.#due = false;
    this.#cancel = clock.at(clock.now() + centreTimes.liveBeatMs, () => this.#tell());
  }

  #tell(): void {
    if (!this.#holding) return;
    const now = this.#ports.clock.now();
    this.#toldAt = now;
    const queues = this.#queueRows().filter((row) => this.#isNews(row.queueId, row));
    const operators = this.#operatorRows(this.#changed).filter((row) => this.#isNews(row.operatorId, row));
    this.#changed.clear();
    const isNews = queues.length + operators.length > 0;
    if (isNews) this.#seq += 1;
    if (isNews || now - this.#beatAt >= centreTimes.liveBeatMs) {
      this.#beatAt = now;
      this.#ports.bus.publish(liveChannel(this.#companyId), this.#message(queues, operators));
    }
    if (now >= this.#day.until) void this.#countDay();
    this.#beat();
  }

  #isNews(id: string, row: object): boolean {
    const text = JSON.stringify(row);
    if (this.#told.get(id) === text) return false;
    this.#told.set(id, text);
    return true;
  }

  #message(queues: readonly LiveQueueRow[], operators: readonly LiveOperatorRow[]): LiveChanges {
    return { epoch: this.#epoch, seq: this.#seq, now: this.#ports.clock.now(), queues, operators };
  }

  #queueRows(): LiveQueueRow[] {
    const holding = this.#holding;
    if (!holding) return [];
    const queues: Readonly<Record<string, CentreQueue>> = holding.state.queues;
    const now = this.#ports.clock.now();
    return liveQueueRows(holding.state, this.#visits, {
      ...{ dayFrom: this.#day.from, now },
      handling: (queueId) => this.#handlings.of(queueId, now),
      withinMs: (queueId) => queues[queueId]?.goal?.withinMs ?? STANDARD_WITHIN_MS,
    });
  }

  #operatorRows(operatorIds: ReadonlySet<string>): LiveOperatorRow[] {
    const holding = this.#holding;
    if (!holding) return [];
    return [...operatorIds].map((operatorId) =>
      liveOperatorRow(holding.view(operatorId), holding.openShiftOf(operatorId)),
    );
  }

  /** Counts what was over before this process began to decide, once a day. */
  #countDay(): Promise<void> {
    const { clock } = this.#ports;
    if (clock.now() < this.#day.until) return Promise.resolve();
    this.#counted ??= this.#readDay().finally(() => {
      this.#counted = null;
    });
    return this.#counted;
  }

  async #readHandled(now: number): Promise<void> {
    const times = await this.#ports.store.handledTimes(this.#companyId, now - HANDLING_MS);
    this.#handled = true;
    for (const time of times) this.#handlings.add(time);
  }

  async #readDay(): Promise<void> {
    const { store, lookups, clock, log } = this.#ports;
    const now = clock.now();
    try {
      const day = (await lookups.today?.(this.#companyId, now)) ?? dayOfUtc(now);
      const visits = await store.closedVisits(this.#companyId, Math.min(day.from, now - HOUR_MS));
      for (const visit of visits) this.#visits.add(visit);
      if (!this.#handled) await this.#readHandled(now);
      this.#visits.forget(day.from, now);
      this.#day = day;
      this.#tellSoon();
    } catch (error) {
      log.warn({ err: error, companyId: this.#companyId }, "the day's visits could not be counted; trying again");
    }
  }
}

function dayOfUtc(now: number): { readonly from: number; readonly until: number } {
  const from = now - (now % DAY_MS);
  return { from, until: from + DAY_MS };
}
