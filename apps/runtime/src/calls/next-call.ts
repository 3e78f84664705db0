import { type CallStart, type CompiledFlow, runUntilWait, type StepResult, startUntilWait } from "@cordboard/engine";
import type { AskEffect, CallFacts, Effect, FlowEvent } from "@cordboard/node-kit";
import { applyEffects, MEDIA_CLOCK } from "./apply-effects.ts";
import type { CallDocument, OpenRecording, TraceEvent } from "./model.ts";
import { hasPartyAtOurEnd } from "./operator-talk.ts";
import { outerNode, staysInside } from "./outer-node.ts";
import { type Owed, withOwed } from "./owing.ts";
import { joinsAs } from "./passings.ts";
import { reportAtEnd } from "./placed-call.ts";
import { owedTalk } from "./recorded-talk.ts";
import { isMessage } from "./recording-id.ts";
import { effectLine, eventDetails } from "./trace.ts";
import { withTrace } from "./with-trace.ts";

/** How many instant steps a call may take without a wait before its flow counts as run away (design: section 5). */
const STEPS_WITHOUT_WAIT = 1_000;

/** The first step of a call: the call as it is to be inserted, once what it asks (`ask`) was answered. Pure. */
export function firstCall(
  blank: CallDocument,
  compiled: CompiledFlow,
  facts: CallFacts,
  now: number,
  from: Pick<CallStart, "firstEntry" | "values"> = {},
): CallDocument {
  const result = startUntilWait(compiled, { call: facts, now, limit: STEPS_WITHOUT_WAIT, ...from });
  const first = blank.firstNode ?? result.moves[0]?.from ?? result.snapshot.node?.id;
  return { ...fold(blank, result, null, now), ...(first !== undefined && { firstNode: outerNode(first) }) };
}

/**
 * One step of a call: what it is after `event`, with `rev` raised by one, or `null` when the event changes nothing (a repeat, a
 * straggler). Pure: the caller of this has answered what it asks (`ask`, see host-answers.ts) and written the result before anything of it
 * leaves.
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
  return fold(call, result, event, now);
}

function fold(call: CallDocument, result: StepResult, event: FlowEvent | null, now: number): CallDocument {
  const rev = call.rev + 1;
  const lines: Omit<TraceEvent, "seq">[] = [];
  if (event && event.type !== "advance" && !isNoQueueMusic(event)) {
    const asked = call.media?.effect;
    const secret = event.type === "input.digits" && asked?.type === "collect" && asked.secret;
    const nodeId = call.snapshot?.node?.id ?? null;
    lines.push({ at: now, kind: event.type, nodeId, details: eventDetails(event, secret, whoseEnd(call)) });
  }
  for (const move of result.moves) {
    lines.push({ at: now, kind: "moved", nodeId: move.from, details: { output: move.output, to: move.to } });
  }
  const nodeId = result.snapshot.node?.id ?? null;
  for (const effect of result.effects) {
    const line = effectLine(effect, whoseEnd(call));
    if (line) lines.push({ at: now, nodeId, ...line });
  }
  const applied = applyEffects(
    {
      ownerEpoch: call.ownerEpoch,
      timers: event?.type === "timer.fired" ? withoutFired(call, event.timerId, event.entry) : call.timers,
      outbox: call.outbox,
      owedSeq: call.owedSeq ?? 0,
      media: call.media,
      queue: call.queue,
      leg: call.leg,
      script: call.script,
      recordings: withDuration(call.recordings ?? NO_RECORDINGS, event),
      recordingWish: call.recordingWish ?? null,
    },
    result.effects,
    { callId: call._id, now, joinsAs: joinsAs(call, nodeId) },
  );
  const { snapshot } = result;
  // What was heard before is over, and nothing is to be heard yet: after a reconnect it must not be said again.
  const quiet = snapshot.open.request && snapshot.open.media === null && snapshot.status === "running";
  const silence = quiet && { media: null, timers: applied.timers.filter(({ timerId }) => timerId !== MEDIA_CLOCK) };
  // The caller may have chosen another: whatever is said beside the flow, and what the operator is shown, follows it.
  const { language } = snapshot;
  const moved = event === null || result.moves.some(({ from, to }) => !staysInside(from, to));
  const since = moved ? { nodeSince: now } : {};
  const ask = openAsk(call, result);
  return { ...withTrace(call, lines), ...applied, ...silence, ...since, ask, rev, snapshot, language };
}

/** A queue that has nothing of its own to be heard is asked by every caller, and worth no line. */
function isNoQueueMusic(event: FlowEvent): boolean {
  return event.type === "queueMusic.answered" && event.version === null;
}

/** Who is at our end of the line, and hears what the flow says. */
function whoseEnd(call: CallDocument): "caller" | "operator" {
  return hasPartyAtOurEnd(call) ? "caller" : "operator";
}

const NO_RECORDINGS: readonly OpenRecording[] = [];

/** What the host is asked after this step. */
function openAsk(call: CallDocument, { snapshot: { open }, effects }: StepResult): AskEffect | null {
  const { ask } = open;
  if (!ask) return null;
  const asked = effects.filter(isAsk).find(({ entry }) => entry === ask.entry);
  return asked ?? (call.ask?.entry === ask.entry ? call.ask : null);
}

const asks: ReadonlySet<Effect["type"]> = new Set<AskEffect["type"]>([
  "askSchedule",
  "askQueue",
  "askPlace",
  "askQueueMusic",
  "askMailbox",
  "draw",
  "promiseCallback",
  "askSlots",
  "lookUpContact",
  "postNotice",
  "askIdentity",
  "askCentre",
]);

function isAsk(effect: Effect): effect is AskEffect {
  return asks.has(effect.type);
}

function withDuration(recordings: readonly OpenRecording[], event: FlowEvent | null): readonly OpenRecording[] {
  if (event?.type !== "record.done") return recordings;
  const { recordingId, durationMs } = event;
  return recordings.map((one) => (one.recordingId === recordingId ? { ...one, durationMs } : one));
}

function withoutFired(call: CallDocument, timerId: string, entry: number) {
  return call.timers.filter((timer) => timer.timerId !== timerId || timer.entry !== entry);
}

/** jambonz came back to the process that holds the call: a new epoch, so that a message of the old socket can do nothing. */
export function reconnectedCall(call: CallDocument, now: number): CallDocument {
  const ownerEpoch = call.ownerEpoch + 1;
  const line = { at: now, kind: "reconnected", nodeId: null, details: { epoch: ownerEpoch } };
  return withTrace({ ...call, rev: call.rev + 1, ownerEpoch, cutAt: null }, [line]);
}

/** Who ended a call, as jambonz tells it: `caller` is whoever is at our end of the line. */
export type HeardEnd = "caller" | "us" | "network" | "lost";

/**
 * The caller is gone (or was lost): nothing more is said or rung; the call centre is owed the news. What was recorded and neither kept nor
 * dropped is delivered when it is long enough: who hangs up has said what there was to say. Of a call that we placed the call centre is
 * told how its offer ended: it has no caller who could hang up.
 */
export function endedCall(call: CallDocument, heardBy: HeardEnd, now: number): CallDocument {
  const by = call.placed?.calledOff ? "operator" : heardBy === "caller" ? whoseEnd(call) : heardBy;
  const report = reportAtEnd(call, heardBy, now);
  // Who waits in line, or talks to whoever accepted them there, is a caller like others.
  const last: Owed[] =
    call.placed && !call.placed.inLine
      ? report
        ? [{ kind: "leg", ...report }]
        : []
      : [{ kind: "ended", by: heardBy === "lost" ? "network" : heardBy }];
  const messages = (call.recordings ?? NO_RECORDINGS).map(
    ({ recordingId, boxId, minMs, purpose }): Owed => ({
      ...{ kind: "message", recordingId },
      keep: isMessage({ purpose }) ? { boxId, minMs } : null,
    }),
  );
  const ended: CallDocument = {
    ...withTrace(call, [{ at: now, kind: "ended", nodeId: null, details: { by } }]),
    status: "ended",
    endedAt: now,
    endedBy: by,
    ...(call.placed && { placed: { ...call.placed, toldOver: true } }),
    timers: [],
    media: null,
    queue: null,
    ask: null,
    recordings: NO_RECORDINGS,
    recordedTalk: null,
    ...(call.apart && { apart: null }),
  };
  return withOwed(ended, ...last, ...owedTalk(call), ...messages);
}
