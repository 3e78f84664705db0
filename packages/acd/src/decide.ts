import { done } from "./answers.ts";
import type { Decision, Moment, Result } from "./decision.ts";
import { servedQueue } from "./eligibility.ts";
import type { AcdEvent } from "./events.ts";
import { queuesOf } from "./line-order.ts";
import { machineFound } from "./machine-found.ts";
import { match } from "./matching.ts";
import { callHungUp, callJoined, callLeft } from "./on-call-events.ts";
import {
  callbackCancelled,
  callbackChanged,
  callbackMoved,
  callbackPromised,
  callbackTaken,
  callbackUrged,
  numberFailed,
  schedulesSeen,
} from "./on-callback-events.ts";
import {
  accepted,
  connectionBack,
  connectionLost,
  dialStarted,
  forced,
  offerShown,
  operatorsSeen,
  paused,
  queuesTicked,
  ready,
  refused,
  resumed,
  signedIn,
  signedOut,
  wrapUpExtended,
} from "./on-operator-events.ts";
import { callMovedTo, callMovedUp } from "./on-supervisor-events.ts";
import {
  conversationEnded,
  handedOver,
  legClearedByOperator,
  legOrphaned,
  telephoneAnswered,
  telephoneFailed,
  telephoneRinging,
} from "./on-telephone-events.ts";
import { tellTurnedAway } from "./overflow.ts";
import { emptyClosedLines, endByHand } from "./queue-closing.ts";
import { repair } from "./repair.ts";
import { expire, nextSweepAt } from "./sweep.ts";
import { telephoneChosen } from "./telephones.ts";
import { tellBusy } from "./tell-busy.ts";
import type { AcdState } from "./types.ts";
import { finishWork, listOf, startWork, type Work } from "./work.ts";

/**
 * Decides what follows from one event: repairs what a crash left half-written, lets the event happen, then offers waiting calls to free
 * operators.
 *
 * Pure: no clock, no chance, no I/O; the same arguments give the same decision, in Node and in a browser. `state` is everything open in
 * the company and is not changed; entities that stay as they are stay the same objects. What the invariants (O1 … O15, invariants.ts)
 * say holds for every state it returns. It never throws but for a bug: what comes late, twice or for somebody else is answered by
 * `result`, and even then the state may have been repaired and is to be written.
 */
export function decide(state: AcdState, event: AcdEvent, moment: Moment): Decision {
  const work = startWork(state, moment, event.type === "sweep");
  repair(work);
  endByHand(work);
  const result = happen(work, event);
  // What has just been said may be over already.
  endByHand(work);
  emptyClosedLines(work);
  match(work);
  tellTurnedAway(work);
  tellUnstaffed(work, event);
  tellBusy(work, event);
  const after = finishWork(work);
  tellChanged(work, state);
  const at = nextSweepAt(after, moment.now);
  if (at !== null) work.intents.push({ type: "scheduleAt", at });
  return { state: after, intents: work.intents, result };
}

function happen(work: Work, event: AcdEvent): Result {
  switch (event.type) {
    case "callJoined":
      return callJoined(work, event);
    case "callLeft":
      return callLeft(work, event);
    case "callHungUp":
      return callHungUp(work, event);
    case "signedIn":
      return signedIn(work, event);
    case "signedOut":
      return signedOut(work, event);
    case "queuesTicked":
      return queuesTicked(work, event);
    case "telephoneChosen":
      return telephoneChosen(work, event);
    case "paused":
      return paused(work, event);
    case "resumed":
      return resumed(work, event);
    case "accepted":
      return accepted(work, event);
    case "refused":
      return refused(work, event);
    case "offerShown":
      return offerShown(work, event);
    case "connectionLost":
      return connectionLost(work, event);
    case "connectionBack":
      return connectionBack(work, event);
    case "telephoneRinging":
      return telephoneRinging(work, event);
    case "telephoneAnswered":
      return telephoneAnswered(work, event);
    case "telephoneFailed":
      return telephoneFailed(work, event);
    case "numberFailed":
      return numberFailed(work, event);
    case "callbackPromised":
      return callbackPromised(work, event);
    case "callbackCancelled":
      return callbackCancelled(work, event);
    case "callbackChanged":
      return callbackChanged(work, event);
    case "callbackMoved":
      return callbackMoved(work, event);
    case "callbackUrged":
      return callbackUrged(work, event);
    case "callbackTaken":
      return callbackTaken(work, event);
    case "machineFound":
      return machineFound(work, event);
    case "operatorsSeen":
      return operatorsSeen(work, event);
    case "schedulesSeen":
      return schedulesSeen(work, event);
    case "conversationEnded":
      return conversationEnded(work, event);
    case "handedOver":
      return handedOver(work, event);
    case "ready":
      return ready(work, event);
    case "wrapUpExtended":
      return wrapUpExtended(work, event);
    case "dialStarted":
      return dialStarted(work, event);
    case "legOrphaned":
      return legOrphaned(work, event);
    case "legClearedByOperator":
      return legClearedByOperator(work, event);
    case "forced":
      return forced(work, event);
    case "callMovedUp":
      return callMovedUp(work, event);
    case "callMovedTo":
      return callMovedTo(work, event);
    case "queueChanged":
      work.queues = { ...work.queues, [event.queue.id]: event.queue };
      return done;
    case "sweep":
      expire(work, event.sparing);
      return done;
  }
}

/**
 * Calls whose flow wants them back when nobody serves their queues, or the only one whom they are for does not take them: told when they
 * join, when the last operator goes, and at every sweep until they have left.
 */
function tellUnstaffed(work: Work, event: AcdEvent): void {
  if (event.type !== "sweep" && work.shifts === work.before.shifts && work.calls === work.before.calls) return;
  const asked = listOf(work.calls).filter(
    (call) => call.state === "waiting" && call.leaveWhenUnstaffed && !call.turnedAway,
  );
  if (asked.length === 0) return;
  const open = listOf(work.shifts).filter((shift) => shift.closedAt === null);
  for (const call of asked) {
    const queues = queuesOf(work.queues, call);
    // Whoever a call is for and nobody else was asked just now: that it waits still says that they cannot be, or would not.
    if (call.named?.only !== true && open.some((shift) => servedQueue(shift, queues) !== undefined)) continue;
    work.intents.push({ type: "unstaffed", callId: call.callId, entry: call.entry });
  }
}

function tellChanged(work: Work, before: AcdState): void {
  if (work.shifts === before.shifts) return;
  for (const shift of listOf(work.shifts)) {
    if (shift === before.shifts[shift.id]) continue;
    work.intents.push({ type: "operatorChanged", shiftId: shift.id, operatorId: shift.operatorId });
  }
}
