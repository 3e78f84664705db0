import { type CompiledFlow, runUntilWait, type StepResult, startUntilWait } from "@cordboard/engine";
import type { CallFacts, FlowEvent } from "@cordboard/node-kit";
import { applyEffects } from "./apply-effects.ts";
import type { CallDocument, TraceEvent } from "./model.ts";
import { effectLine, eventDetails } from "./trace.ts";

/** How many instant steps a call may take without a wait before its flow counts as run away (design: section 5). */
const STEPS_WITHOUT_WAIT = 1_000;

/** The first step of a call: the call as it is to be inserted. Pure. */
export function firstCall(blank: CallDocument, compiled: CompiledFlow, facts: CallFacts, now: number): CallDocument {
  const result = startUntilWait(compiled, { call: facts, now, limit: STEPS_WITHOUT_WAIT });
  return fold(blank, answered(result, compiled, facts.callId, now), null, now);
}

/**
 * One step of a call: what it is after `event`, with `rev` raised by one, or `null` when the event changes nothing (a repeat, a
 * straggler). Pure: the caller of this writes the result before anything of it leaves.
 */
export function nextCall(
  call: CallDocument,
  compiled: CompiledFlow,
  event: FlowEvent,
  now: number,
): CallDocument | null {
  if (!call.snapshot) return null;
  const result = runUntilWait(compiled, call.snapshot, event, { now, limit: STEPS_WITHOUT_WAIT });
  if (result.ignored) return null;
  return fold(call, answered(result, compiled, call._id, now), event, now);
}

/**
 * Answers at once what a step asks of the host and nobody carries yet, so that no caller is stuck in a question: schedules are open, a
 * callback is refused, a recording fails. Chance comes from the call's id, which is random, and the question's number.
 */
function answered(first: StepResult, compiled: CompiledFlow, callId: string, now: number): StepResult {
  let result = first;
  for (let questions = 0; questions < STEPS_WITHOUT_WAIT; questions++) {
    const event = answerOf(result, callId);
    if (!event) return result;
    const next = runUntilWait(compiled, result.snapshot, event, { now, limit: STEPS_WITHOUT_WAIT });
    const said = next.effects.some(({ type }) => isMedia(type));
    const kept = result.effects.filter(({ type }) => !isQuestion(type) && !(said && isMedia(type)));
    result = { ...next, effects: [...kept, ...next.effects], moves: [...result.moves, ...next.moves] };
  }
  return result;
}

function answerOf({ snapshot: { open } }: StepResult, callId: string): FlowEvent | null {
  const { ask, media } = open;
  if (media?.kind === "record") return { type: "play.failed", entry: media.entry, reason: "notCarried" };
  switch (ask?.kind) {
    case "askSchedule":
      return { type: "schedule.answered", entry: ask.entry, state: "open", version: null };
    case "draw":
      return { type: "drawn", entry: ask.entry, share: shareOf(`${callId}/${ask.entry}`) };
    case "promiseCallback":
      return { type: "callback.answered", entry: ask.entry, result: "refused" };
    case undefined:
      return null;
  }
}

/** A number of 0 to 1 (never 1) that a text always gives: FNV-1a, its bits mixed once more because near texts have near sums. */
function shareOf(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 16), 0x45d9f3b);
  return ((sum ^ (sum >>> 16)) >>> 0) / 0x1_0000_0000;
}

const isQuestion = (type: string) => type === "askSchedule" || type === "draw" || type === "promiseCallback";
const isMedia = (type: string) => ["play", "collect", "hold", "record", "dial", "hangUp"].includes(type);

function fold(call: CallDocument, result: StepResult, event: FlowEvent | null, now: number): CallDocument {
  const rev = call.rev + 1;
  const lines: Omit<TraceEvent, "seq">[] = [];
  if (event && event.type !== "advance") {
    const asked = call.media?.effect;
    const secret = event.type === "input.digits" && asked?.type === "collect" && asked.secret;
    const nodeId = call.snapshot?.node?.id ?? null;
    lines.push({ at: now, kind: event.type, nodeId, details: eventDetails(event, secret) });
  }
  for (const move of result.moves) {
    lines.push({ at: now, kind: "moved", nodeId: move.from, details: { output: move.output, to: move.to } });
  }
  const nodeId = result.snapshot.node?.id ?? null;
  for (const effect of result.effects) {
    const line = effectLine(effect);
    if (line) lines.push({ at: now, nodeId, ...line });
  }
  const applied = applyEffects(
    {
      ownerEpoch: call.ownerEpoch,
      timers: event?.type === "timer.fired" ? withoutFired(call, event.timerId, event.entry) : call.timers,
      outbox: call.outbox,
      media: call.media,
      queue: call.queue,
      leg: call.leg,
      script: call.script,
    },
    result.effects,
    rev,
    now,
  );
  return { ...withTrace(call, lines), ...applied, rev, snapshot: result.snapshot };
}

function withoutFired(call: CallDocument, timerId: string, entry: number) {
  return call.timers.filter((timer) => timer.timerId !== timerId || timer.entry !== entry);
}

/** Adds lines to the call's trace, numbered on. */
export function withTrace(call: CallDocument, lines: readonly Omit<TraceEvent, "seq">[]): CallDocument {
  if (lines.length === 0) return call;
  const numbered = lines.map((line, index) => ({ seq: call.traceSeq + index + 1, ...line }));
  return { ...call, traceSeq: call.traceSeq + lines.length, traceTail: [...call.traceTail, ...numbered] };
}

/** jambonz came back to the process that holds the call: a new epoch, so that a message of the old socket can do nothing. */
export function reconnectedCall(call: CallDocument, now: number): CallDocument {
  const ownerEpoch = call.ownerEpoch + 1;
  const line = { at: now, kind: "reconnected", nodeId: null, details: { epoch: ownerEpoch } };
  return withTrace({ ...call, rev: call.rev + 1, ownerEpoch, cutAt: null }, [line]);
}

/** The caller is gone (or was lost): nothing more is said or rung; the call centre is owed the news. */
export function endedCall(call: CallDocument, by: NonNullable<CallDocument["endedBy"]>, now: number): CallDocument {
  return {
    ...withTrace(call, [{ at: now, kind: "ended", nodeId: null, details: { by } }]),
    status: "ended",
    endedAt: now,
    endedBy: by,
    timers: [],
    media: null,
    queue: null,
    outbox: [...call.outbox, { id: `${call.rev}.end`, kind: "ended", by: by === "lost" ? "network" : by }],
  };
}
