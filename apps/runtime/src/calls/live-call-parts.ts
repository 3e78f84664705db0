import type { CompiledFlow } from "@cordboard/engine";
import type { DialResult, FlowEvent } from "@cordboard/node-kit";
import type { CallConnection, PendingHook } from "../ports/index.ts";
import { ANSWER_CLOCK, MEDIA_CLOCK } from "./apply-effects.ts";
import type { CentreHands } from "./asked-by-centre.ts";
import { CallTimers } from "./call-timers.ts";
import { Comfort } from "./comfort.ts";
import { Consulting } from "./consulting.ts";
import { DialledLeg } from "./dialled-leg.ts";
import { HandingOver } from "./handing-over.ts";
import { Lifeline } from "./lifeline.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import { MediaEnds } from "./media-ends.ts";
import type { CallDocument, OutboxItem, TraceEvent } from "./model.ts";
import type { HeardEnd } from "./next-call.ts";
import { OperatorControls } from "./operator-controls.ts";
import { OwedNews } from "./owed-news.ts";
import { PLACING_CLOCK } from "./placed-call.ts";
import { Placing } from "./placing.ts";
import { RecordingEnd } from "./recording-end.ts";
import { Recovery } from "./recovery.ts";
import type { RequestAnswer } from "./request-carrier.ts";
import { Settling } from "./settling.ts";
import { Supervising } from "./supervising.ts";
import type { EventHands } from "./take-event.ts";
import { TalkStream } from "./talk-stream.ts";
import { TalkingApart } from "./talking-apart.ts";
import { TellingFirst } from "./telling-first.ts";

type Amend = (next: CallDocument) => CallDocument;

/** How the parts of a live call act on it: everything but `later`, `step`, `answering` and `callerGone` is called in the call's turn. */
export interface CallHands {
  readonly call: () => CallDocument;
  readonly connection: () => CallConnection | null;
  /** It is another process's by now. */
  readonly gone: () => boolean;
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
  readonly step: (event: FlowEvent, amend?: Amend) => Promise<void>;
  readonly answering: (hook: PendingHook, work: () => Promise<void>) => Promise<void>;
  readonly callerGone: (by: HeardEnd, unanswered?: Exclude<DialResult, "completed"> | "machine") => void;
  readonly stepNow: (event: FlowEvent, hook: PendingHook | null) => Promise<void>;
  readonly stepWithFacts: (facts: CallDocument, event: FlowEvent, hook?: PendingHook | null) => Promise<void>;
  /** A step that no flow takes; false when the call is another's by now. */
  readonly stepBesideFlow: (next: CallDocument) => Promise<boolean>;
  readonly intoFlow: (next: CallDocument, flow: CompiledFlow | null) => Promise<void>;
  readonly note: (call: CallDocument | null) => void;
  readonly trace: (kind: string, details: TraceEvent["details"]) => void;
  readonly present: (hook: PendingHook | null) => Promise<void>;
  /** The flow takes nothing of it. */
  readonly nothingChanged: (hook: PendingHook) => Promise<void>;
  readonly answerNow: () => Promise<void>;
  readonly pickedUp: () => Promise<void>;
  readonly hangingUp: () => boolean;
  readonly confirm: (item: OutboxItem) => void;
  readonly systemAnswered: (item: OutboxItem & { kind: "request" }, answer: RequestAnswer) => Promise<void>;
  /** Of a call that is over: what changed is written, and what is owed told. */
  readonly writeEnded: (call: CallDocument) => Promise<void>;
  /** Everything was told: it leaves memory. */
  readonly settled: () => Promise<void>;
}

export type CallParts = ReturnType<typeof callParts>;

/** The parts of one live call, each with its hands on it. */
export function callParts(on: CallHands, ports: LiveCallPorts) {
  const { clock } = ports;
  const { call, later, note, trace } = on;
  const command = (asked: Parameters<CallConnection["command"]>[0]) => on.connection()?.command(asked) ?? false;

  const comfort = new Comfort(() => ({ call: call(), connection: on.connection() }), ports);
  const timers = new CallTimers(clock, ({ timerId, entry }) => {
    if (timerId === MEDIA_CLOCK) void later(() => ends.clockRanOut(entry));
    else if (timerId === ANSWER_CLOCK) void later(() => on.answerNow());
    else if (timerId === PLACING_CLOCK) placing.clockRanOut();
    else void on.step({ type: "timer.fired", entry, timerId });
  });
  const owed = new OwedNews(ports, {
    confirmed: (item) => void later(() => on.confirm(item)),
    answered: (item, answer) => void later(() => on.systemAnswered(item, answer)),
  });
  const recordingEnd = new RecordingEnd(ports.recorder);
  const recovery = new Recovery(clock, ports.rest, recordingEnd, {
    present: (stillDue) =>
      void later(async () => {
        if (await stillDue(call())) await on.present(null);
      }),
    dialled: (entry, now) =>
      void later(async () => {
        if (call().leg?.entry === entry) await leg.found(now);
      }),
  });
  const leg = new DialledLeg(clock, {
    call,
    note,
    tellingMs: ports.presentation.noticeMs,
    step: on.stepBesideFlow,
    atAnswer: (answered) => talk.atAnswer(answered),
    stepWithFacts: on.stepWithFacts,
  });
  const telling = new TellingFirst(ports, {
    call,
    step: on.stepBesideFlow,
    atAnswer: (answered) => talk.atAnswer(answered),
    stepWithFacts: on.stepWithFacts,
  });
  const ends = new MediaEnds(clock, recordingEnd, {
    ...{ call, later },
    legEndSeen: () => leg.endSeen,
    redirecting: { answer: (verbs) => void (verbs.length > 0 && on.connection()?.redirect(verbs)) },
    step: on.stepNow,
    stepWithFacts: on.stepWithFacts,
    recordAgain: (entry, hook) => {
      trace("recordingInterrupted", { entry });
      return on.present(hook);
    },
    nothingChanged: on.nothingChanged,
  });
  const placing = new Placing(ports, {
    ...{ call, later, note },
    step: on.stepBesideFlow,
    ...{
      trace,
      end: () => void on.connection()?.redirect([{ verb: "hangup" }]),
      connected: () => on.connection() !== null,
    },
    missed: (result) => on.callerGone(result === "machine" ? "us" : "network", result),
    ...{ command, over: () => on.callerGone("us") },
  });
  const apart = new TalkingApart(ports, {
    ...{ call, later, note, command },
    step: on.stepBesideFlow,
    redirect: (verbs) => on.connection()?.redirect(verbs) ?? "closed",
    legEndSeen: () => leg.endSeen,
    dialEnded: (event) => ends.dial(event),
    intoFlow: on.intoFlow,
    takenOver: () => consulting.operatorGone(),
    legThere: () => consulting.follow(),
  });
  const consulting: Consulting = new Consulting(ports, {
    ...{ call, later, note, gone: on.gone, apart },
    step: on.stepBesideFlow,
    atAnswer: (answered) => talk.atAnswer(answered),
    followTalk: () => talk.follow(),
    legTold: (...told) => apart.legTold(...told),
  });
  const supervising = new Supervising(ports, {
    ...{ call, later, trace, command },
    step: on.stepBesideFlow,
    redirect: (verbs) => on.connection()?.redirect(verbs) ?? "closed",
    hangingUp: () => lifeline.awaitHangUp(),
    givenUp: () => on.callerGone("us"),
  });
  const controls = new OperatorControls(ports, {
    ...{ call, later, trace, command, apart, consulting, placing },
    step: on.stepBesideFlow,
    intoFlow: on.intoFlow,
  });
  const handingOver = new HandingOver(clock, {
    ...{ call, trace },
    stepWithFacts: on.stepWithFacts,
    dialEnded: (event) => ends.dial(event),
  });
  const settling = new Settling(clock, { ...{ call, later }, write: on.writeEnded, settled: on.settled });
  const talk = new TalkStream(ports, {
    ...{ call, later },
    stream: (listen) => on.connection()?.stream(listen) ?? false,
    commit: on.stepBesideFlow,
    note,
  });
  const lifeline = new Lifeline(() => call().callSid, {
    ...{ clock, rest: ports.rest },
    onAsked: (answer) => void later(() => trace("reclaimAsked", { answer })),
    onLost: () => on.callerGone(on.hangingUp() ? "us" : "lost"),
    onHungUp: () => on.callerGone("us"),
  });
  const events: EventHands = {
    ...{ call, later, note, trace, leg, ends, handingOver, placing, apart, supervising, telling },
    ...{ answering: on.answering, step: on.stepNow, present: on.present, callerGone: on.callerGone },
    pickedUp: on.pickedUp,
  };
  const asked: CentreHands = {
    ...{ call, gone: on.gone, step: on.step },
    consulting,
    handsOver: async () => (await ports.handsOver?.(call())) ?? false,
  };
  return {
    /** What may be under way, and ends where the call is another process's. */
    busy: [timers, owed, lifeline, recovery, talk, apart, consulting, supervising, placing],
    comfort,
    timers,
    owed,
    recovery,
    leg,
    ends,
    placing,
    apart,
    consulting,
    supervising,
    controls,
    settling,
    talk,
    lifeline,
    events,
    asked,
  };
}
