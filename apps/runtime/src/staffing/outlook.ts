import { operatorsNeeded } from "./erlang.ts";

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
/** Where no call was ever handled: how long one is taken to last. */
const USUAL_HANDLE_MS = 180_000;
/** With fewer calls than this the pace of the last hour says nothing. */
const ENOUGH_FOR_A_PACE = 5;

/** A visit to a queue's line, of today or of a past week. */
export interface PastVisit {
  readonly joinedAt: number;
  readonly answered: boolean;
  /** Conversation and wrap-up. */
  readonly handleMs: number;
}

export interface OutlookGiven {
  readonly now: number;
  /** The visits of the last hour. */
  readonly lastHour: readonly PastVisit[];
  /** Those of past weeks, each moved to today by whole weeks, from an hour before now to beyond the next; one list a week that has any call. */
  readonly weeks: readonly (readonly PastVisit[])[];
  readonly goal: { readonly share: number; readonly withinMs: number };
  readonly signedIn: number;
}

export type Advice =
  /** So many more are needed from then on. */
  | { readonly kind: "more"; readonly count: number; readonly from: number }
  /** So many could do something else for the whole hour. */
  | { readonly kind: "fewer"; readonly count: number; readonly from: null }
  | { readonly kind: "enough" | "noHistory"; readonly count: 0; readonly from: null };

export interface Outlook {
  readonly lastHour: { readonly calls: number; readonly usual: number | null };
  readonly handleMs: number;
  /** The quarters of an hour of the coming hour: what is expected, and how many operators that wants. */
  readonly slots: readonly { readonly from: number; readonly calls: number; readonly needed: number }[];
  readonly advice: Advice;
}

/**
 * What a queue faces in the coming hour: the same hour of past weeks, at the pace of the last hour against theirs, and how many operators
 * keep its goal by Erlang C. Pure.
 */
export function outlookOf({ now, lastHour, weeks, goal, signedIn }: OutlookGiven): Outlook {
  const handled = [...lastHour, ...weeks.flat()].filter(({ answered, handleMs }) => answered && handleMs > 0);
  const handleMs =
    handled.length === 0
      ? USUAL_HANDLE_MS
      : Math.round(handled.reduce((sum, visit) => sum + visit.handleMs, 0) / handled.length);
  const usualBetween = (from: number, until: number) =>
    weeks.length === 0 ? 0 : weeks.reduce((sum, visits) => sum + countBetween(visits, from, until), 0) / weeks.length;
  const usual = weeks.length === 0 ? null : usualBetween(now - HOUR_MS, now);
  const pace = usual === null || usual < ENOUGH_FOR_A_PACE ? 1 : Math.min(2, Math.max(0.5, lastHour.length / usual));
  const first = Math.ceil(now / QUARTER_MS) * QUARTER_MS;
  const slots = [0, 1, 2, 3].map((at) => {
    const from = first + at * QUARTER_MS;
    const calls = usualBetween(from, from + QUARTER_MS) * pace;
    return { from, calls, needed: operatorsNeeded({ calls, perMs: QUARTER_MS, handleMs }, goal) };
  });
  return {
    lastHour: { calls: lastHour.length, usual },
    ...{ handleMs, slots, advice: weeks.length === 0 ? noHistory : adviceOf(slots, signedIn) },
  };
}

const noHistory: Advice = { kind: "noHistory", count: 0, from: null };

function adviceOf(slots: Outlook["slots"], signedIn: number): Advice {
  const most = Math.max(...slots.map(({ needed }) => needed));
  const short = slots.find(({ needed }) => needed > signedIn);
  if (short) return { kind: "more", count: most - signedIn, from: short.from };
  // One more than needed is no waste.
  return signedIn - most > 1
    ? { kind: "fewer", count: signedIn - most - 1, from: null }
    : { kind: "enough", count: 0, from: null };
}

function countBetween(visits: readonly PastVisit[], from: number, until: number): number {
  return visits.filter(({ joinedAt }) => joinedAt >= from && joinedAt < until).length;
}
