import type { CallDocument, OutboxItem, RecordedTalk } from "./model.ts";
import { recordingIdOf } from "./recording-id.ts";
import { withTrace } from "./with-trace.ts";

/** What an operator may ask of the recording of their conversation. */
export type TalkWish = "start" | "pause" | "resume";

/** How it stands then. `refused`: the caller, or the queue, does not want it; `gone`: there is no conversation. */
export type TalkStanding = "on" | "paused" | "off" | "refused" | "gone";

/** The conversation that a call is in, to be recorded from now on. Its id follows from call and dial: whoever takes the call over goes on with it. */
export function withTalk(call: CallDocument, now: number): CallDocument {
  const { leg } = call;
  if (!leg || call.recordedTalk) return call;
  const recordedTalk: RecordedTalk = {
    recordingId: recordingIdOf(call._id, leg.entry),
    state: "on",
    queueId: call.queue?.queueId ?? call.placed?.queueId ?? null,
    operatorId: leg.operatorId ?? call.placed?.operatorId ?? null,
    operatorName: leg.operatorName ?? call.placed?.operatorName ?? null,
    startedAt: now,
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

/** What is owed when the conversation of a call is over. */
export function owedTalk(call: CallDocument): OutboxItem[] {
  const talk = call.recordedTalk ?? null;
  return talk === null ? [] : [{ id: `${call.rev}.talk`, kind: "talk", talk }];
}

/** The conversation is over: what was recorded of it is owed. */
export function withTalkOver(call: CallDocument): CallDocument {
  const owed = owedTalk(call);
  return owed.length === 0 ? call : { ...call, recordedTalk: null, outbox: [...call.outbox, ...owed] };
}
