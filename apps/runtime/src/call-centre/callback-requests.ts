import { type AcdEvent, type Queue, type Result, type WaitingCall, waitingCallId } from "@cordboard/acd";
import type { CallbackAnswer, CallbackCommand, PromiseResult } from "../ports/index.ts";
import { callbackIdOf } from "./callback-ids.ts";
import { waitingCallOf } from "./documents.ts";
import type { Facts } from "./facts.ts";
import type { Holding } from "./holding.ts";
import { numberToRing } from "./number-to-ring.ts";
import type { CentreRequest } from "./requests.ts";

interface Context {
  readonly holding: Holding;
  readonly facts: Pick<Facts, "visits" | "pastVisits" | "queues" | "country" | "drawPlace">;
  readonly decide: (event: AcdEvent) => Result;
}

type Promised = Extract<CentreRequest, { kind: "promise" }>["request"];

/** A promise is made once: asked for again, also after its end, it is promised. */
export function promiseCallback({ holding, facts, decide }: Context, request: Promised): PromiseResult {
  const { callId, promiseId, queueId, scheduleId, card, slotAt } = request;
  const callbackId = callbackIdOf(holding.state.companyId, callId, promiseId);
  const id = waitingCallId(callbackId, 1);
  if (holding.state.calls[id] || facts.pastVisits.has(id)) return "promised";
  if (!(facts.queues ?? []).some((queue: Queue) => queue.id === queueId)) return "refused";
  const number = numberToRing({ written: request.number, country: facts.country, own: request.callerNumber });
  if (number === null) return "refused";
  const had = request.keepPlace ? lastVisit(holding, facts.visits, request) : undefined;
  // Who hides their number and leaves one has not said that the network's name for them may be shown.
  const shown = request.callerNumber === null ? { ...card, callerName: null } : card;
  holding.extras.set(id, { card: shown, promisedInCallId: callId });
  const result = decide({
    type: "callbackPromised",
    callId: callbackId,
    number,
    queueId,
    place: had?.place ?? facts.drawPlace(),
    priority: had?.priority ?? 0,
    scheduleId,
    once: false,
    heldFor: callId,
    ...(slotAt !== undefined && { slotAt }),
  });
  if (!holding.state.calls[id]) holding.extras.delete(id);
  if (!result.ok && result.reason === "slotFull") return "slotTaken";
  if (!result.ok) return result.reason === "full" ? "full" : "refused";
  return result.note === "merged" ? "already" : "promised";
}

/** The visit that the call is on in this queue, or was on last. */
function lastVisit(
  { state }: Holding,
  stored: Facts["visits"],
  { callId, queueId }: Pick<Promised, "callId" | "queueId">,
): WaitingCall | undefined {
  const all = [...stored.map(waitingCallOf), ...Object.values(state.calls)];
  const theirs = all.filter((one) => one.callId === callId && one.queueIds.includes(queueId));
  return theirs.sort((a, b) => a.entry - b.entry).at(-1);
}

type OutsideCalls = Extract<CallbackCommand, { kind: "promise" }>;

/** A promise that no call asked for: like a caller's, at the end of the line. A number that has one there keeps that (`promised`). */
function promiseOutsideCalls({ holding, facts, decide }: Context, command: OutsideCalls): CallbackAnswer {
  const { callbackId, queueId, number, slotAt, card, origin } = command;
  const id = waitingCallId(callbackId, 1);
  if (holding.state.calls[id] || facts.pastVisits.has(id)) return { ok: true };
  if (!(facts.queues ?? []).some((queue: Queue) => queue.id === queueId)) return { ok: false, reason: "gone" };
  holding.extras.set(id, { card, promisedInCallId: null, origin });
  const result = decide({
    ...{ type: "callbackPromised", callId: callbackId, number, queueId, place: facts.drawPlace(), priority: 0 },
    ...{ scheduleId: null, once: false, ...(slotAt !== undefined && { slotAt }) },
  });
  if (!holding.state.calls[id]) holding.extras.delete(id);
  if (result.ok) return result.note === "merged" ? { ok: false, reason: "promised" } : { ok: true };
  return { ok: false, reason: result.reason === "slotFull" ? "slotTaken" : "full" };
}

/** What somebody decides on a callback, in the words of the border. The same again is answered like the first. */
export function changeCallback(context: Context, command: CallbackCommand): CallbackAnswer {
  if (command.kind === "promise") return promiseOutsideCalls(context, command);
  const { facts, decide } = context;
  const { callbackId: callId } = command;
  const result = decide(eventOf(command));
  if (result.ok) return result.note === "merged" ? { ok: false, reason: "promised" } : { ok: true };
  if (result.reason === "underWay") return { ok: false, reason: "underWay" };
  if (result.reason === "slotFull") return { ok: false, reason: "slotTaken" };
  const before = facts.pastVisits.get(waitingCallId(callId, 1));
  const done = command.kind === "cancel" && before?.leftReason === "cancelled";
  return done ? { ok: true } : { ok: false, reason: "gone" };
}

function eventOf(command: Exclude<CallbackCommand, OutsideCalls>): AcdEvent {
  const { callbackId: callId } = command;
  switch (command.kind) {
    case "cancel":
      return { type: "callbackCancelled", callId };
    case "changeNumber":
      return { type: "callbackChanged", callId, number: command.number };
    case "move":
      return { type: "callbackMoved", callId, slotAt: command.slotAt };
    case "callNow":
      return { type: "callbackUrged", callId };
  }
}
