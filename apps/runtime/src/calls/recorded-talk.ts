import type { CallDocument, RecordedTalk } from "./model.ts";
import { isToBeTurned, operatorTalk, queueOfTalk } from "./operator-talk.ts";
import { type Owed, withOwed } from "./owing.ts";
import { recordingIdOf } from "./recording-id.ts";
import { planOf } from "./recording-plan.ts";
import { withTrace } from "./with-trace.ts";

/** What an operator may ask of the recording of their conversation. */
export type TalkWish = "start" | "pause" | "resume";

/** How it stands then. `refused`: the caller, or the queue, does not want it; `gone`: there is no conversation. */
export type TalkStanding = "on" | "paused" | "off" | "refused" | "gone";

/** The conversation that a call is in, to be recorded from now on. Its id follows from call and dial: whoever takes the call over goes on with it. */
export function withTalk(call: CallDocument, now: number): CallDocument {
  const { leg } = call;
  if (!leg || call.recordedTalk) return call;
  const talk = operatorTalk(call);
  const plan = planOf(call);
  const recordedTalk: RecordedTalk = {
    recordingId: recordingIdOf(call._id, leg.consulted ?? leg.entry),
    state: "on",
    queueId: queueOfTalk(call),
    operatorId: talk?.operatorId || null,
    operatorName: talk?.operatorName ?? null,
    startedAt: now,
    ...(plan && { days: plan.days }),
  };
  const details = { recordingId: recordedTalk.recordingId };
  return withTrace({ ...call, recordedTalk }, [{ at: now, kind: "recordsTalk", nodeId: null, details }]);
}

/** The recording paused or gone on with; `null` when it is so already. */
export function withTalkState(call: CallDocument, state: RecordedTalk["state"], now: number): CallDocument | null {
  const { recordedTalk } = call;
  if (!recordedTalk || recordedTalk.state === state) return null;
  const kind = state === "paused" ? "pausesRecording" : "resumesRecording";
  return withTrace({ ...call, recordedTalk: { ...recordedTalk, state } }, [
    { at: now, kind, nodeId: null, details: {} },
  ]);
}

/**
 * The recording whose sound is to be sent just now. Not while the caller is on hold: they hear music, and the operator whoever is with them. Nor while
 * the person is brought to our end of the line: it is sent from their leg then, which nobody could stop on the other one.
 */
export function sentNow(call: CallDocument): string | null {
  const { recordedTalk, apart } = call;
  if (recordedTalk?.state !== "on" || apart?.held || (apart && isToBeTurned(call))) return null;
  return recordedTalk.recordingId;
}

/** What is owed when the conversation of a call is over. */
export function owedTalk({ recordedTalk: talk = null }: CallDocument): readonly Owed[] {
  return talk === null ? [] : [{ kind: "talk", talk }];
}

/** The conversation is over: what was recorded of it is owed. */
export function withTalkOver(call: CallDocument): CallDocument {
  const owed = owedTalk(call);
  return owed.length === 0 ? call : withOwed({ ...call, recordedTalk: null }, ...owed);
}
