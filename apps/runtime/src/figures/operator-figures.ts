import type { OperatorFigures } from "@cordboard/api";
import type { OfferDocument } from "../call-centre/index.ts";
import type { CallRecord } from "../call-records/call-record.ts";
import { msWithin, type OperatorTime } from "./operator-time.ts";

export interface OperatorDay {
  readonly bounds: { readonly from: number; readonly until: number };
  readonly now: number;
  readonly times: readonly OperatorTime[];
  /** Made in the time of `bounds`. */
  readonly offers: readonly Pick<OfferDocument, "operatorId" | "state">[];
  readonly records: readonly CallRecord[];
}

/** The figures of everybody who was signed in, was offered a call or talked to a caller in the time of `bounds`. Pure. */
export function operatorFigures(day: OperatorDay): ReadonlyMap<string, OperatorFigures> {
  const { bounds, now } = day;
  const all = new Map<string, Tally>();
  const of = (operatorId: string) => {
    const known = all.get(operatorId) ?? emptyTally();
    all.set(operatorId, known);
    return known;
  };
  for (const time of day.times) {
    const ms = msWithin(time, bounds);
    if (ms > 0) addTime(of(time.operatorId), time, ms);
  }
  for (const { operatorId, state } of day.offers) {
    const tally = of(operatorId);
    tally.offered += 1;
    if (state === "accepted") tally.accepted += 1;
    if (state === "refused") tally.refused += 1;
    if (state === "expired") tally.missed += 1;
  }
  for (const record of day.records) {
    for (const { operatorId, rangAt, answeredAt, endedAt, handedOver, holds = [] } of record.rung) {
      if (operatorId === null) continue;
      const end = endedAt ?? record.endedAt ?? now;
      const ringing = msWithin({ from: rangAt, until: answeredAt ?? end }, bounds);
      if (ringing > 0) of(operatorId).ringMs += ringing;
      if (answeredAt === null) continue;
      const talking = msWithin({ from: answeredAt, until: end }, bounds);
      if (talking > 0 && !handedOver) of(operatorId).talkMs += talking;
      for (const { at, until } of holds) {
        if (at >= bounds.from && at < bounds.until) of(operatorId).holds += 1;
        const held = msWithin({ from: at, until: until ?? end }, bounds);
        if (held > 0) of(operatorId).heldMs += held;
      }
      if (answeredAt < bounds.from || answeredAt >= bounds.until) continue;
      of(operatorId).calls += 1;
      if (handedOver) of(operatorId).handedOver += 1;
    }
  }
  return new Map([...all].map(([operatorId, tally]) => [operatorId, toFigures(tally)]));
}

/** The figures of who did nothing at all. */
export const noFigures = (): OperatorFigures => toFigures(emptyTally());

interface Tally {
  offered: number;
  accepted: number;
  refused: number;
  missed: number;
  calls: number;
  handedOver: number;
  holds: number;
  heldMs: number;
  talkMs: number;
  ringMs: number;
  wrapUpMs: number;
  signedInMs: number;
  availableMs: number;
  busyMs: number;
  readonly pauses: Map<string, { readonly reason: string; readonly label: string | null; ms: number }>;
}

function emptyTally(): Tally {
  return {
    offered: 0,
    accepted: 0,
    refused: 0,
    missed: 0,
    calls: 0,
    handedOver: 0,
    holds: 0,
    heldMs: 0,
    talkMs: 0,
    ringMs: 0,
    wrapUpMs: 0,
    signedInMs: 0,
    availableMs: 0,
    busyMs: 0,
    pauses: new Map(),
  };
}

function addTime(tally: Tally, { state, pauseReason, pauseLabel: label }: OperatorTime, ms: number): void {
  tally.signedInMs += ms;
  if (state === "wrapUp") tally.wrapUpMs += ms;
  // Who is offered a call has not taken it: free, and asked.
  if (state === "available" || state === "offered") tally.availableMs += ms;
  else if (state !== "paused") tally.busyMs += ms;
  else {
    const reason = pauseReason ?? "asked";
    const key = `${reason} ${label}`;
    const pause = tally.pauses.get(key) ?? { reason, label, ms: 0 };
    pause.ms += ms;
    tally.pauses.set(key, pause);
  }
}

function toFigures({ busyMs, pauses, handedOver, holds, heldMs, ...tally }: Tally): OperatorFigures {
  const all = [...pauses.values()].sort((a, b) => b.ms - a.ms);
  const pausedMs = all.reduce((sum, { ms }) => sum + ms, 0);
  const seen = tally.calls - handedOver;
  const presentMs = tally.signedInMs - pausedMs;
  return {
    ...tally,
    averageTalkMs: seen === 0 ? null : Math.round(tally.talkMs / seen),
    ...(handedOver > 0 && { handedOver }),
    ...(holds > 0 && { holds }),
    ...(heldMs > 0 && { heldMs }),
    pausedMs,
    pauses: all,
    occupancy: presentMs === 0 ? null : busyMs / presentMs,
  };
}
