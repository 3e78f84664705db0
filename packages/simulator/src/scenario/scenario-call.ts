import {
  type CallSnapshot,
  type CompiledFlow,
  type Move,
  runUntilWait,
  type StepResult,
  startUntilWait,
} from "@cordboard/engine";
import type {
  AttachedScript,
  CallFacts,
  Effect,
  FlowEvent,
  FlowRequest,
  NoteEffect,
  RecordingWish,
} from "@cordboard/node-kit";
import type { CallCentre } from "./call-centre.ts";
import { type CallerLine, createCallerLine, type TelephoneBehaviour } from "./caller-line.ts";
import type { Recording } from "./recorder.ts";
import { ScenarioFailure } from "./scenario-failure.ts";
import type { ScenarioHost } from "./scenario-host.ts";
import { targetName } from "./target-name.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** One call of a scenario: the engine in the middle, the caller's line on one side, the call centre on the other. */
export interface ScenarioCall {
  readonly callId: string;
  readonly facts: CallFacts;
  readonly line: CallerLine;
  begin(flow: CompiledFlow): void;
  happen(event: FlowEvent): void;
  hangUp(): void;
  snapshot(): CallSnapshot;
  over(): boolean;
  readonly moves: readonly Move[];
  readonly notes: readonly NoteEffect[];
  script(): AttachedScript | null;
  /** What the flow said of recording; null: nothing. */
  recordingWish(): RecordingWish | null;
  /** What other systems were asked, the latest last. */
  readonly requests: readonly FlowRequest[];
  /** The messages that are in a voicemail box now. */
  messages(): readonly Recording[];
}

export interface CallWorld {
  readonly clock: VirtualClock;
  readonly centre: CallCentre;
  readonly host: ScenarioHost;
  lasts(name: string): number;
  behaviour(telephoneId: string): TelephoneBehaviour;
  /** A call is about to wait in this queue. */
  needsQueue(queueId: string): void;
  tell(what: string): void;
  /** The engine went on by one event; null: the call began. */
  stepped?(step: EngineStep): void;
}

/** One step of the engine as a scenario carried it out. */
export interface EngineStep {
  readonly callId: string;
  readonly event: FlowEvent | null;
  readonly effects: readonly Effect[];
  readonly moves: readonly Move[];
  readonly snapshot: CallSnapshot;
  /** How much the caller had heard before. */
  readonly heardBefore: number;
}

export function createScenarioCall(world: CallWorld, facts: CallFacts): ScenarioCall {
  const { callId } = facts;
  const { clock, centre, host } = world;
  const moves: Move[] = [];
  const notes: NoteEffect[] = [];
  const requests: FlowRequest[] = [];
  let compiled: CompiledFlow | null = null;
  let snapshot: CallSnapshot | null = null;
  let script: AttachedScript | null = null;
  let recordingWish: RecordingWish | null = null;
  const timers = new Map<string, () => void>();
  /** What was recorded: to be decided, kept or taken back. */
  const recordings = new Map<string, Recording & { fate: "open" | "kept" | "dropped" }>();

  const line = createCallerLine({
    clock,
    lasts: world.lasts,
    behaviour: (target) => world.behaviour(targetName(target)),
    answer: happen,
    nextRecording: () => (host.records() ? host.nextRecordingId() : null),
    recorded: (recording) => void recordings.set(recording.id, { ...recording, fate: "open" }),
    dialChanged: ({ offerId }, what) => {
      world.tell(`telephone ${what}`);
      if (what === "ringing") return;
      if (what === "answered") centre.happen({ type: "telephoneAnswered", callId, offerId });
      else if (what === "completed") centre.happen({ type: "conversationEnded", callId, offerId });
      else centre.happen({ type: "telephoneFailed", callId, offerId, how: what });
    },
  });

  function known(): CallSnapshot {
    if (!snapshot) throw new ScenarioFailure("the call has not begun: say call.to(…) first");
    return snapshot;
  }

  function happen(event: FlowEvent): void {
    if (!compiled) return;
    world.tell(event.type);
    const result = runUntilWait(compiled, known(), event, { now: clock.now() });
    snapshot = result.snapshot;
    if (result.ignored === undefined) tellStep(event, result);
    take(result.effects, result.moves);
  }

  function tellStep(event: FlowEvent | null, { effects, moves: made }: StepResult): void {
    world.stepped?.({ callId, event, effects, moves: made, snapshot: known(), heardBefore: line.log.length });
  }

  function take(effects: readonly Effect[], made: readonly Move[]): void {
    const ended = known().status === "ended";
    moves.push(...made);
    for (const { from, output, to } of made) world.tell(`${from} —${output}→ ${to ?? "end"}`);
    for (const effect of musicFirst(effects)) carry(effect);
    if (ended) end();
    else if (line.open() === null && known().open.ask === null && !known().open.request)
      throw new ScenarioFailure("the caller hears nothing, and nothing is to come");
  }

  function carry(effect: Effect): void {
    world.tell(`  ${effect.type}`);
    switch (effect.type) {
      case "enqueue":
        world.needsQueue(effect.queueId);
        centre.happen({
          type: "callJoined",
          callId,
          entry: effect.entry,
          queueIds: [effect.queueId],
          place: centre.nextPlace(),
          priority: effect.priority,
          leaveWhenUnstaffed: effect.leaveWhenUnstaffed,
          leaveWhenBusy: effect.leaveWhenBusy,
          offerMs: effect.offerMs,
          ...(effect.skills ? { skills: effect.skills } : {}),
          ...(effect.leaveWhenFull ? { leaveWhenFull: true } : {}),
          // A scenario's operators go by their names; whom a caller talked to before its callers do not say.
          ...(effect.preferredOperatorIds
            ? { preferred: { operatorIds: effect.preferredOperatorIds, forMs: effect.preferMs ?? 0 } }
            : {}),
        });
        return;
      case "askSchedule":
      case "askQueue":
      case "askPlace":
      case "askQueueMusic":
      case "draw":
      case "promiseCallback":
      case "askSlots":
      case "askMailbox":
      case "lookUpContact":
      case "postNotice":
      case "askIdentity":
      case "askCentre":
        clock.after(0, () => happen(host.answer(effect, facts.timeZone, clock.now())));
        return;
      case "sendRequest": {
        requests.push(effect.request);
        const { afterMs, ...answer } = host.answerRequest(effect.request);
        clock.after(afterMs, () => happen({ type: "request.answered", entry: effect.entry, ...answer }));
        return;
      }
      case "keepMessage":
      case "dropMessage": {
        const recording = recordings.get(effect.recordingId);
        if (recording) recording.fate = effect.type === "keepMessage" ? "kept" : "dropped";
        return;
      }
      case "setRecording":
        if (recordingWish !== "refused") recordingWish = effect.wish;
        return;
      case "leaveQueue":
        centre.happen({ type: "callLeft", callId, entry: effect.entry });
        return;
      case "attachScript":
        script = effect.script;
        return;
      case "startTimer": {
        const { entry, timerId, dueAt } = effect;
        timers.get(timerId)?.();
        timers.set(
          timerId,
          clock.after(dueAt - clock.now(), () => happen({ type: "timer.fired", entry, timerId })),
        );
        return;
      }
      case "cancelTimer":
        timers.get(effect.timerId)?.();
        return;
      case "note":
        notes.push(effect);
        return;
      case "dial":
        line.carry(effect);
        if (effect.offerId !== null) {
          centre.happen({ type: "telephoneRinging", callId, offerId: effect.offerId });
        }
        return;
      default:
        line.carry(effect);
    }
  }

  function end(): void {
    for (const cancel of timers.values()) cancel();
    line.end();
    centre.happen({ type: "callHungUp", callId });
  }

  return {
    callId,
    facts,
    line,
    moves,
    notes,
    requests,
    begin: (flow) => {
      compiled = flow;
      const result = startUntilWait(flow, { call: facts, now: clock.now() });
      snapshot = result.snapshot;
      tellStep(null, result);
      take(result.effects, result.moves);
    },
    happen,
    hangUp: () => {
      if (known().status === "ended") return;
      line.end();
      happen({ type: "caller.gone", by: "caller" });
    },
    snapshot: known,
    over: () => known().status === "ended",
    script: () => script,
    recordingWish: () => recordingWish,
    messages: () => {
      const over = known().status === "ended";
      return [...recordings.values()].filter(
        ({ fate, boxId, durationMs, minMs }) =>
          boxId !== "" && (fate === "kept" || (over && fate === "open" && durationMs >= minMs)),
      );
    },
  };
}

/** The host knows a queue's music at once; what the call centre decides of a caller who joins comes after it. */
function musicFirst(effects: readonly Effect[]): readonly Effect[] {
  const rank = ({ type }: Effect) => (type === "askQueueMusic" ? 0 : 1);
  return effects.toSorted((a, b) => rank(a) - rank(b));
}
