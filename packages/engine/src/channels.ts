import type { AskEffect, FlowRequest } from "@cordboard/node-kit";
import type { Draft } from "./draft.ts";
import type { PlaceAsked } from "./place-asked.ts";

/** Asks the host something; a question that was not answered yet asks for nothing any more. */
export function ask(draft: Draft, make: (entry: number) => AskEffect): void {
  const { next } = draft;
  const effect = make(next.nextEntry);
  next.nextEntry += 1;
  next.open = { ...next.open, ask: { entry: effect.entry, kind: effect.type } };
  draft.effects.push(effect);
}

/** Asks another system; one that has not answered yet is asked for nothing any more. */
export function sendRequest(draft: Draft, request: FlowRequest): void {
  const { next } = draft;
  const entry = next.nextEntry++;
  next.open = { ...next.open, request: { entry } };
  draft.effects.push({ type: "sendRequest", entry, request });
}

export function enqueue(draft: Draft, params: PlaceAsked): void {
  const { next } = draft;
  // The call is in this line already: it keeps its place, and answers keep their number.
  if (next.open.queue?.queueId === params.queueId) return;
  leaveQueue(draft);
  const entry = next.nextEntry++;
  next.open = { ...next.open, queue: { entry, queueId: params.queueId, accepted: [] } };
  draft.effects.push({ type: "enqueue", entry, ...params });
}

export function leaveQueue(draft: Draft): void {
  const { queue } = draft.next.open;
  if (queue === null) return;
  draft.next.open = { ...draft.next.open, queue: null };
  draft.effects.push({ type: "leaveQueue", entry: queue.entry, queueId: queue.queueId });
}

/** Delivers the recording at hand, or takes it back; it is nobody's afterwards. */
export function settleRecording(draft: Draft, type: "keepMessage" | "dropMessage"): void {
  const { recording } = draft.next;
  if (recording === null) return;
  draft.next.recording = null;
  draft.effects.push({ type, recordingId: recording });
}
