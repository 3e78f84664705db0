import type { AcdState, Shift, WaitingCall } from "./types.ts";

// What the invariants look at, written apart from the rules that they check.

/** Whether the operator has ticked, and may answer, one of the call's queues. */
export function serves(state: AcdState, shift: Shift, call: WaitingCall): boolean {
  return call.queueIds.some(
    (id) => shift.queueIds.includes(id) && state.queues[id]?.operatorIds.includes(shift.operatorId) === true,
  );
}

/** A callback whose promising call goes on, whose time has not come, whose hours are closed, or whose caller is on the line in the same queue. */
export function isHeldBack(state: AcdState, { callId, callback, number, queueIds }: WaitingCall, now: number): boolean {
  if (callback === null) return false;
  // A machine has it on the line, as its operator said.
  const talking = Object.values(state.shifts).filter(({ state: one }) => one === "talking");
  if (callback.correctedAt !== undefined && talking.some(({ current }) => current?.callId === callId)) return true;
  const hours = callback.scheduleId ?? state.queues[queueIds[0] ?? ""]?.callbacks?.scheduleId ?? null;
  const byHand = state.queues[queueIds[0] ?? ""]?.opening?.byHand ?? null;
  const shut = byHand ? byHand.state === "closed" : hours !== null && !state.openSchedules.includes(hours);
  const closed = shut && !callback.urgent;
  const onTheLine = Object.values(state.calls).some(
    (one) =>
      one.callback === null &&
      one.closedAt === null &&
      one.number === number &&
      one.queueIds.some((id) => queueIds.includes(id)),
  );
  return closed || onTheLine || callback.heldFor !== null || callback.notBefore > now;
}

/** Whether the operator knows what the call asks for, as far as it is asked for now. */
export function knowsEnough(state: AcdState, call: WaitingCall, operatorId: string, now: number): boolean {
  const asked = new Map((state.queues[call.queueIds[0] ?? ""]?.skills ?? []).map((need) => [need.skillId, need]));
  for (const need of call.skills ?? []) asked.set(need.skillId, need);
  return [...asked.values()].every(({ skillId, level, relax = [] }) => {
    const due = relax.filter(({ afterMs }) => call.joinedAt + afterMs <= now);
    const step = [...due].sort((a, b) => a.afterMs - b.afterMs).at(-1);
    return (state.operators[operatorId]?.skills[skillId] ?? 0) >= (step?.level ?? level);
  });
}

/** Whether the call is kept for the operators that it prefers: one of them, whom nothing but another call keeps from it, may still take it. */
function isKeptForPreferred(state: AcdState, call: WaitingCall, now: number): boolean {
  const { operatorIds = [], until = 0 } = call.preferred ?? {};
  if (until <= now) return false;
  return Object.values(state.shifts).some(
    (shift) =>
      operatorIds.includes(shift.operatorId) &&
      shift.closedAt === null &&
      shift.state !== "paused" &&
      serves(state, shift, call) &&
      knowsEnough(state, call, shift.operatorId, now) &&
      (call.refusedBy[shift.operatorId]?.until ?? 0) <= now,
  );
}

/** Whether this operator, free and serving, may be asked for the call now, refusals aside. */
export function fits(state: AcdState, call: WaitingCall, operatorId: string, now: number): boolean {
  if (!knowsEnough(state, call, operatorId, now)) return false;
  return call.preferred?.operatorIds.includes(operatorId) === true || !isKeptForPreferred(state, call, now);
}

/** What a call is worth now beside others: its flow's word, its own queue's, and its age; the higher is served first. */
function worthOf(state: AcdState, call: WaitingCall, now: number): number {
  const queue = state.queues[call.queueIds[0] ?? ""];
  const steps =
    queue?.raiseEveryMs && call.callback === null
      ? Math.floor((now - (call.before?.since ?? call.joinedAt)) / queue.raiseEveryMs)
      : 0;
  return call.priority + (queue?.priority ?? 0) + steps;
}

/** Whether the first of two calls is to be served before the second. */
export function isAhead(state: AcdState, one: WaitingCall, other: WaitingCall, now: number): boolean {
  const moved = (call: WaitingCall) => call.before?.movedUpAt ?? call.movedUpAt ?? Number.POSITIVE_INFINITY;
  if (moved(one) !== moved(other)) return moved(one) < moved(other);
  const [worth, otherWorth] = [worthOf(state, one, now), worthOf(state, other, now)];
  return worth === otherWorth ? one.place < other.place : worth > otherWorth;
}

/** The most operators that may have the call on the screen. */
export function mostAtOnce(state: AcdState, call: WaitingCall): number {
  return call.callback ? 1 : Math.max(1, ...call.queueIds.map((id) => state.queues[id]?.atOnce ?? 1));
}
