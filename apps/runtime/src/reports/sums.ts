import { addTally, type Tally, tallyOf } from "./tally.ts";
import type { Waits } from "./waits.ts";
import { addWays, emptyWays, type WaySums } from "./ways.ts";

/** What is added up of the visits to a queue's line, and of what was promised in it. */
export interface QueueSums {
  readonly sums: Tally;
  longestMs: number;
  readonly answeredIn: Waits;
  readonly abandonedIn: Waits;
}

/**
 * Everything that reports are made of, of some stretch of time. Two of them add up to that of both stretches together, in any order. Keys that
 * name several things have them apart by `|`, the one that may contain it itself last.
 */
export interface Sums {
  /** By `line|direction|flow|version`. */
  readonly calls: Record<string, Tally>;
  readonly queues: Record<string, QueueSums>;
  readonly operators: Record<string, Tally>;
  /** By `queue|outcome`. */
  readonly outcomes: Tally;
  /** By `operator|kind|to`, or `flow|kind|to`; of each `made` and `reached`. */
  readonly transfers: Record<string, Tally>;
  /** By `flow|version|node|output`. */
  readonly choices: Tally;
  /** By `flow|version|node`. */
  readonly exits: Tally;
  /** By `queue|operator|script|question`: see answer-sums.ts. */
  readonly answers: Record<string, Tally>;
  /** What scripts, questions and their answers were called then. */
  readonly answerNames: Record<string, string>;
  /** By `flow|version`: the ways that calls took in it. */
  readonly ways: Record<string, WaySums>;
  /** What ids of queues, lines and operators were called then. */
  readonly names: Record<string, string>;
}

export const emptySums = (): Sums => ({
  calls: {},
  queues: {},
  operators: {},
  outcomes: {},
  transfers: {},
  choices: {},
  exits: {},
  answers: {},
  answerNames: {},
  ways: {},
  names: {},
});

export function queueSumsOf({ queues }: Pick<Sums, "queues">, queueId: string): QueueSums {
  queues[queueId] ??= { sums: {}, longestMs: 0, answeredIn: {}, abandonedIn: {} };
  return queues[queueId];
}

export function waySumsOf({ ways }: Pick<Sums, "ways">, key: string): WaySums {
  ways[key] ??= emptyWays();
  return ways[key];
}

/**
 * Adds `more` to `sums`. A queue that is not in them yet is taken over as it is, with thousands of waits: whoever gave `more` uses it no further.
 */
export function addSums(sums: Sums, more: Partial<Sums>): void {
  for (const [key, tally] of Object.entries(more.calls ?? {})) addTally(tallyOf(sums.calls, key), tally);
  for (const [key, tally] of Object.entries(more.operators ?? {})) addTally(tallyOf(sums.operators, key), tally);
  for (const [key, tally] of Object.entries(more.transfers ?? {})) addTally(tallyOf(sums.transfers, key), tally);
  for (const [key, tally] of Object.entries(more.answers ?? {})) addTally(tallyOf(sums.answers, key), tally);
  for (const [key, ways] of Object.entries(more.ways ?? {})) addWays(waySumsOf(sums, key), ways);
  for (const [queueId, queue] of Object.entries(more.queues ?? {})) {
    const own = sums.queues[queueId];
    if (own === undefined) {
      sums.queues[queueId] = queue;
      continue;
    }
    addTally(own.sums, queue.sums);
    own.longestMs = Math.max(own.longestMs, queue.longestMs);
    addTally(own.answeredIn, queue.answeredIn);
    addTally(own.abandonedIn, queue.abandonedIn);
  }
  addTally(sums.outcomes, more.outcomes ?? {});
  addTally(sums.choices, more.choices ?? {});
  addTally(sums.exits, more.exits ?? {});
  Object.assign(sums.answerNames, more.answerNames);
  Object.assign(sums.names, more.names);
}
