import type { AcdState, Decide, Queue } from "@cordboard/acd";
import type { Logger } from "pino";
import type { Bus, CallInbox, Clock, MakeId } from "../ports/index.ts";
import type { CallCentreStore } from "./centre-store.ts";

/** What the call centre asks of other features. Each may reject when the store cannot be reached. */
export interface CallCentreLookups {
  /** Every queue of the company, as decisions need it. */
  queues(companyId: string): Promise<readonly CentreQueue[]>;
  /** From when to when the company's day of `now` lasts. Absent: a day of UTC. */
  today?(companyId: string, now: number): Promise<{ readonly from: number; readonly until: number }>;
  /** The country by which the company writes numbers. */
  country(companyId: string): Promise<string>;
  /** Which of these schedules are open now, and when that may change next (null: nobody knows). One that is no more is open: it keeps nobody waiting. */
  openSchedules(companyId: string, scheduleIds: readonly string[]): Promise<OpenSchedules>;
  /** What operators know, and how they accept. Absent: nothing, and by themselves. */
  operators?(companyId: string): Promise<AcdState["operators"]>;
  /**
   * The operators whom a call prefers, in order: of `operators` (ids or codes) those that there are, and before them whoever talked last to
   * the number `lastOf` (null: nobody is looked for). Absent: no call prefers anybody.
   */
  preferred?(
    companyId: string,
    asked: { readonly operators: readonly string[]; readonly lastOf: string | null },
  ): Promise<readonly string[]>;
  /** The company's skills: another one that a flow names is not asked for. Absent: whatever is named. */
  skills?(companyId: string): Promise<ReadonlySet<string>>;
  /** The name that a call's trace shows. */
  operatorName(companyId: string, operatorId: string): Promise<string>;
  telephoneExists(companyId: string, telephoneId: string): Promise<boolean>;
  /** Those of these calls that have not ended. */
  callsAlive(companyId: string, callIds: readonly string[]): Promise<readonly string[]>;
}

/** A queue with what the live board needs of it. */
export interface CentreQueue extends Queue {
  readonly goal?: { readonly withinMs: number };
}

export interface OpenSchedules {
  readonly open: readonly string[];
  readonly until: number | null;
}

export interface CallCentrePorts {
  readonly store: CallCentreStore;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  readonly inbox: CallInbox;
  readonly lookups: CallCentreLookups;
  /** This process, as leases name it: new at each start. */
  readonly processId: string;
  /**
   * No other process shares this store (one machine): whoever holds a lease when this process starts is dead, so it does not wait for
   * leases to run out. Taking one too early is safe (S1), it only makes two processes that both believe this take turns once.
   */
  readonly alone?: boolean;
  /** The decisions; another one only in tests. */
  readonly decide?: Decide;
}

/** All in milliseconds. */
export const centreTimes = {
  /** A lease that is not renewed is free after this. */
  leaseMs: 5_000,
  renewMs: 1_500,
  /** How long a holder whose lease ran out, because the store did not answer in time, waits to hear whether anybody took it. */
  doubtMs: 4_000,
  /** After the store did not answer, or another process decided before: so long no offer ends by its time, so that who accepted can say so again. */
  graceMs: 3_000,
  /** How often a holder sweeps, and how often a process looks for companies that nobody attends to. */
  sweepMs: 1_000,
  /** How often what is owed to a call without an owner is tried again. */
  errandMs: 1_000,
  /** How often, and from what age on, calls are checked for being alive. */
  aliveCheckMs: 10_000,
  aliveCheckAgeMs: 5_000,
  /** How often the settings of queues and the schedules of callbacks are read again, should the word of a change have been lost. */
  queuesMs: 30_000,
  /** A company without anything open is let go of after this. */
  idleMs: 60_000,
  boardMs: 500,
  /** The live board is told of changes at most so often, and at least so often how far they are. */
  liveMs: 1_000,
  liveBeatMs: 5_000,
  /** How long one answer over the bus is waited for. */
  replyMs: 2_000,
  /** How long a request is tried before it is given back as unavailable; longer than a lease takes to change hands. */
  patienceMs: 12_000,
  pauseMs: 200,
} as const;
