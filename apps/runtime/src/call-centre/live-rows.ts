import { type AcdState, expectedWaitMs, type Handling, type Shift, type WaitingCall } from "@cordboard/acd";
import type { LiveOperatorRow, LiveQueueRow, OperatorView } from "../ports/index.ts";
import type { DayVisits } from "./day-visits.ts";
import { nobody, queueCounts } from "./operator-view.ts";

interface Staff {
  signedIn: number;
  available: number;
  paused: number;
}

/** Nobody reads seconds of it, and the board is told of each change. */
const WAIT_STEP_MS = 10_000;

/** The board's row of every queue. `withinMs` is what each aims at, `handling` how long its conversations took lately. */
export function liveQueueRows(
  state: AcdState,
  visits: DayVisits,
  {
    dayFrom,
    now,
    withinMs,
    handling,
  }: {
    readonly dayFrom: number;
    readonly now: number;
    readonly withinMs: (queueId: string) => number;
    readonly handling: (queueId: string) => Handling;
  },
): LiveQueueRow[] {
  const [calls, shifts] = [Object.values(state.calls).filter(({ consult }) => !consult), Object.values(state.shifts)];
  const counts = queueCounts(state);
  const staff = staffOf(state);
  const callbacks = new Map<string, number>();
  const waitingToday = new Map<string, number>();
  for (const call of Object.values(state.calls)) {
    if (call.closedAt !== null || call.consult) continue;
    const [queueId = ""] = call.queueIds;
    if (call.callback !== null) callbacks.set(queueId, (callbacks.get(queueId) ?? 0) + 1);
    else if (call.joinedAt >= dayFrom) waitingToday.set(queueId, (waitingToday.get(queueId) ?? 0) + 1);
  }
  return Object.entries(state.queues).map(([queueId, queue]) => {
    const { day, halfHour } = visits.count(queueId, dayFrom, now, withinMs(queueId));
    const { waiting, longestSince, closed } = counts.get(queueId) ?? nobody;
    const line = { calls, shifts, handling: handling(queueId) };
    // The same as callers are told, by what the caller who joins next will find.
    const expected = expectedWaitMs(line, queueId, callersBefore(calls, queueId));
    const over = day.answered + day.abandoned + day.shortAbandoned + day.left;
    return {
      queueId,
      waiting,
      longestSince,
      opening: { open: !closed, byHand: queue.opening?.byHand ?? null },
      callbacks: callbacks.get(queueId) ?? 0,
      expectedWaitMs: expected === null ? null : Math.round(expected / WAIT_STEP_MS) * WAIT_STEP_MS,
      ...(staff.get(queueId) ?? { signedIn: 0, available: 0, paused: 0 }),
      day: { offered: over + (waitingToday.get(queueId) ?? 0), ...day },
      halfHour,
    };
  });
}

function callersBefore(calls: readonly WaitingCall[], queueId: string): number {
  return calls.filter(
    ({ queueIds, callback, state, closedAt }) =>
      closedAt === null && queueIds.includes(queueId) && callback === null && state !== "connecting",
  ).length;
}

function staffOf(state: AcdState): ReadonlyMap<string, Staff> {
  const members = new Map(Object.values(state.queues).map(({ id, operatorIds }) => [id, new Set(operatorIds)]));
  const staff = new Map<string, Staff>();
  for (const shift of Object.values(state.shifts)) {
    if (shift.closedAt !== null) continue;
    for (const queueId of shift.queueIds) {
      if (!members.get(queueId)?.has(shift.operatorId)) continue;
      const here = staff.get(queueId) ?? { signedIn: 0, available: 0, paused: 0 };
      staff.set(queueId, here);
      here.signedIn += 1;
      if (shift.state === "available") here.available += 1;
      if (shift.state === "paused") here.paused += 1;
    }
  }
  return staff;
}

/** The board's row of an operator, from what their agent shows. */
export function liveOperatorRow(view: OperatorView, shift: Shift | undefined): LiveOperatorRow {
  const { operatorId, state, since, shiftStartedAt, pause, afterCall, telephoneId, queues, offer, call, notices } =
    view;
  const shown = offer ?? call;
  const helpSince = state === "talking" ? (call?.helpSince ?? null) : null;
  const there = state === "talking" ? (call?.listeners ?? []) : [];
  const listeners = there.length > 0 && { listeners: there };
  const heldSince = state === "talking" && call?.held ? (call.heldSince ?? null) : null;
  const mark = { helpSince, heldSince };
  const on = shown
    ? {
        callId: shown.callId,
        queueId: shown.queueId,
        card: shown.card,
        callback: shown.callback !== null,
        ...mark,
        ...listeners,
      }
    : shift?.current
      ? { callId: shift.current.callId, queueId: shift.current.queueId, card: null, callback: false, ...mark }
      : null;
  return {
    ...{ operatorId, state, since, signedInAt: shiftStartedAt, pause, afterCall, telephoneId },
    queueIds: queues.filter(({ ticked }) => ticked).map(({ queueId }) => queueId),
    on: on && {
      ...on,
      card: on.card && { from: on.card.from, hidden: on.card.hidden, callerName: on.card.callerName },
    },
    connected: shift?.connection.id != null,
    toAcknowledge: notices.filter(({ toAcknowledge }) => toAcknowledge === true).length,
  };
}
