import type { DialResult } from "@cordboard/node-kit";
import type { LegReport, TelephonyEvent } from "../ports/index.ts";
import { MEDIA_CLOCK } from "./apply-effects.ts";
import type { CallDocument, CallLeg, PlacedCall } from "./model.ts";
import { withOwed } from "./owing.ts";
import { isPartyFirst, withRings } from "./placed-call.ts";
import { withTalkOver } from "./recorded-talk.ts";
import { withPlanOver } from "./recording-plan.ts";
import { talkMs } from "./talk-ms.ts";
import { withTrace } from "./with-trace.ts";

/** What the leg of an accepted offer (or of a transfer) does to the call. Pure. */

/** The telephone rings: from now on it has a sid, and an end that must be heard of. */
export function legRang(call: CallDocument, legSid: string): CallDocument | null {
  const { leg } = call;
  if (!leg || leg.state === "talking" || leg.legSid === legSid) return null;
  const ringing = { ...call, ...knowing(call, legSid), leg: { ...leg, legSid, state: "ringing" } as const };
  return telling(ringing, leg.offerId, { kind: "ringing" }, 0);
}

function knowing({ knownLegs = [] }: CallDocument, legSid: string) {
  return knownLegs.includes(legSid) ? {} : { knownLegs: [...knownLegs, legSid] };
}

/** Somebody answered: caller and operator talk, and the clock on the ringing stops. */
export function legAnswered(call: CallDocument, legSid: string, now: number): CallDocument | null {
  if (!call.leg || call.leg.state === "talking") return null;
  const { telling: _, ...leg } = call.leg;
  const talking = {
    ...call,
    ...knowing(call, legSid),
    leg: { ...leg, legSid, state: "talking", answeredAt: now } as const,
    timers: call.timers.filter((timer) => timer.timerId !== MEDIA_CLOCK),
  };
  return telling(talking, leg.offerId, { kind: "answered" }, now);
}

/** For a key, and for jambonz to say it, over a reconnection of its socket and a restart of ours. */
const LAST_WORD_MS = 10_000;

/**
 * Somebody answered who is told of the recording before they are connected, which takes `tellingMs`; after that they are, whatever was heard of it.
 * `null`: that is known.
 */
export function withTelling(call: CallDocument, legSid: string, tellingMs: number, now: number): CallDocument | null {
  const { leg, timers } = call;
  if (!leg || leg.telling || leg.state === "talking") return null;
  const clock = { timerId: MEDIA_CLOCK, entry: leg.entry, dueAt: now + tellingMs + LAST_WORD_MS };
  const told: CallDocument = {
    ...call,
    ...knowing(call, legSid),
    rev: call.rev + 1,
    leg: { ...leg, legSid, state: "ringing", telling: true },
    timers: [...timers.filter(({ timerId }) => timerId !== MEDIA_CLOCK), clock],
  };
  return withTrace(told, [{ at: now, kind: "tellsOfRecording", nodeId: null, details: {} }]);
}

/**
 * The telephone rang when the socket or the process was lost, and its time to ring is long over without a word: somebody answered unheard.
 * `null` when that is not so.
 */
export function answeredUnheard(call: CallDocument, entry: number, now: number): CallDocument | null {
  const { leg } = call;
  if (!leg || leg.entry !== entry || leg.state !== "ringing" || !leg.legSid) return null;
  if (!leg.telling && call.ownerEpoch === leg.ownerEpoch) return null;
  return legAnswered(call, leg.legSid, now);
}

type DialEnded = Extract<TelephonyEvent, { kind: "dialEnded" }>;

/** The end of a dial of which only the end is known: a telephone that was talked to counts as a conversation that ended. `null`: no such dial. */
export function unheardEnd({ media, leg }: CallDocument, entry: number): Omit<DialEnded, "hook"> | null {
  if (media?.effect.type !== "dial" || media.effect.entry !== entry) return null;
  const result = leg?.state === "talking" ? "completed" : "unreachable";
  return { kind: "dialEnded", entry, result, sipStatus: null, legSid: leg?.legSid ?? null };
}

/** The telephone of an accepted offer belongs to who accepted it. */
export function withOperator(
  call: CallDocument,
  { offerId, operatorId }: { readonly offerId: string; readonly operatorId: string },
  operatorName: string,
  way?: CallLeg["way"],
): CallDocument {
  const { leg } = call;
  return leg?.offerId === offerId && leg.operatorId === null
    ? { ...call, leg: { ...leg, operatorId, operatorName, ...(way && { way }) } }
    : call;
}

/** What became of an accepted offer, after its step. `unowned`: the step was not taken (it threw), so the asker comes again. */
export function offerOutcome(
  call: CallDocument,
  { offerId, entry }: { readonly offerId: string; readonly entry: number },
): "taken" | "gone" | "unowned" {
  if (call.status === "ended") return "gone";
  if (call.leg?.offerId === offerId) return "taken";
  return call.leg === null && call.queue?.entry === entry ? "unowned" : "gone";
}

/**
 * The dial is over: the call centre is owed how. `before` is the call when the dial ended, `after` the call after the flow's step.
 * A telephone that rang and got no final status may be connected to nobody (protocol rule 6): it is reported as orphaned.
 */
export function legOver(
  before: CallDocument,
  after: CallDocument,
  ended: Pick<Extract<TelephonyEvent, { kind: "dialEnded" }>, "entry" | "result" | "sipStatus">,
  legEndSeen: boolean,
  now: number,
): CallDocument {
  const { leg } = before;
  if (!leg || leg.entry !== ended.entry) return after;
  const call = withTalkOver(after.leg?.entry === ended.entry ? { ...after, leg: null } : after);
  if (ended.result === "completed") {
    return telling(call, leg.offerId, { kind: "ended", talkMs: talkMs(before, now) }, now);
  }
  // What the exchange rings is the exchange's to end.
  const unfinished = leg.way !== "refer" && (ended.sipStatus ?? 0) < 200 && leg.state === "ringing" && !legEndSeen;
  // Both: the first gives the caller the place back and sets the operator aside, the second keeps offers away until they have hung up.
  const failed = telling(call, leg.offerId, { kind: "failed", result: ended.result }, now);
  return unfinished ? telling(failed, leg.offerId, { kind: "orphaned" }, now) : failed;
}

/**
 * Reports what happened to the telephone that was dialled. In a call that we placed it is the number's, and not an operator's: that it rings
 * concerns only who dialled it, how it failed is told when the operator has hung up, and one that was left behind is nothing that an
 * operator could hang up.
 */
export function telling(call: CallDocument, offerId: string | null, report: LegReport, now: number): CallDocument {
  const { placed } = call;
  if (!placed) return offerId ? owing(call, offerId, report) : call;
  if (placed.inLine) {
    // The telephone that was rung before they waited may be connected to nobody.
    const whose = offerId ?? (report.kind === "orphaned" ? placed.offerId : null);
    return whose ? owing(call, whose, report) : call;
  }
  // The dial's own end follows that of the call, of which everything was told.
  if (placed.toldOver && report.kind !== "orphaned") return call;
  switch (report.kind) {
    case "ringing":
      return withRings(call, placed, isPartyFirst(placed) ? "telephone" : "number");
    case "answered":
    case "muted":
    case "held":
    case "listened":
    case "recording":
    case "handedOver":
      return owing(call, placed.offerId, report);
    case "ended":
      return owing({ ...call, placed: { ...placed, toldOver: true } }, placed.offerId, report);
    case "failed":
      // The person is there and waits in line: the operator is set aside at once.
      if (placed.callbackId !== null && isPartyFirst(placed)) {
        return owing(leftInLine(call), placed.offerId, report);
      }
      return failedAtNumber({ ...call, placed: { ...placed, numberFailed: report.result } }, placed, report.result);
    case "orphaned":
      return withTrace(call, [{ at: now, kind: "numberLeftBehind", nodeId: null, details: {} }]);
    default:
      return call;
  }
}

/** Nobody picked up for the person whom we rang first: they wait in line. */
function leftInLine(call: CallDocument): CallDocument {
  const { placed, ...rest } = withPlanOver(call);
  return placed ? { ...rest, placed: { ...placed, toldOver: true, inLine: true } } : call;
}

/** Until they hang up the operator hears why nobody answered, and reads it. */
function failedAtNumber(call: CallDocument, placed: PlacedCall, how: Exclude<DialResult, "completed">): CallDocument {
  return isPartyFirst(placed) ? call : withRings(call, placed, how);
}

/** Adds a report on a leg to what the call centre is owed; without an offer only of a call that an operator dialled. */
function owing(call: CallDocument, offerId: string | null, report: LegReport): CallDocument {
  return withOwed(call, { kind: "leg", offerId, report });
}
