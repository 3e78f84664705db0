import type { CompiledFlow } from "@cordboard/engine";
import type { FoundContacts, LookUpContactEffect, MediaEffect } from "@cordboard/node-kit";
import type { CallRoutes } from "../calls/call-routes.ts";
import type { HostAnswers } from "../calls/host-answers.ts";
import { LiveCall } from "../calls/live-call.ts";
import type { CallDocument } from "../calls/model.ts";
import { firstCall } from "../calls/next-call.ts";
import type { Recorder } from "../calls/recorder.ts";
import type { RequestAnswer } from "../calls/request-carrier.ts";
import { createSecretBox } from "../calls/secret-box.ts";
import { StepWriter } from "../calls/step-writer.ts";
import type { MeetingStanding } from "../calls/supervision.ts";
import type { CallConnection, DialledNow, LegCommand, PendingHook, PlacingAnswer, Verb } from "../ports/index.ts";
import { noQueueMusic } from "../queues/index.ts";
import { deskFlow } from "./desk-flow.ts";
import { memoryCalls } from "./memory-calls.ts";
import { noMailbox } from "./no-mailbox.ts";
import { virtualClock } from "./virtual-clock.ts";

type ScheduleState = NonNullable<Awaited<ReturnType<HostAnswers["scheduleState"]>>>;

const verbsOf = (verbs: readonly Verb[]) => verbs.map(({ verb }) => verb).join(" ");

const label = (effect: MediaEffect): Verb[] => [
  { verb: effect.type, id: "entry" in effect ? `e${effect.entry}` : "end" },
];

/** One call on virtual time, with a store in memory and everything that it tells written down. */
export function callStage(compiled: CompiledFlow = deskFlow(), more: Partial<CallDocument> = {}) {
  const clock = virtualClock();
  const store = memoryCalls();
  const sent: (readonly Verb[])[] = [];
  const commands: LegCommand[] = [];
  const told: unknown[] = [];
  const rest = {
    answers: ["asked"] as ("asked" | "gone" | "unavailable")[],
    asked: [] as string[],
    /** What it tells of the telephones that the call has dialled. */
    dialled: "unavailable" as readonly DialledNow[] | "unavailable",
    /** What becomes of an order to call a telephone. */
    place: async (): Promise<PlacingAnswer> => ({ kind: "placed", callSid: "sid" }),
  };
  /** What the host answers a flow. */
  const answers = {
    share: 0.25,
    lookUp: async ({ source }: LookUpContactEffect): Promise<FoundContacts> => ({
      ...{ source, result: "none", matches: 0, contacts: [] },
    }),
    promise: (async () => "promised") as HostAnswers["promiseCallback"],
    callbackSlots: async () => ({ slots: [], timeZone: "UTC" }),
    queueFigures: (async () => ({
      waiting: 0,
      longestMs: 0,
      staffed: 1,
      expectedWaitMs: null,
    })) as HostAnswers["queueFigures"],
    queueMusic: noQueueMusic,
    placeInLine: (async () => {
      throw new Error("the line cannot be read");
    }) as HostAnswers["placeInLine"],
    identity: (async () => "unavailable") as HostAnswers["askIdentity"],
    mailbox: noMailbox as HostAnswers["askMailbox"],
    centre: (async () => ({ result: "failed", userId: null })) as HostAnswers["askCentre"],
    scheduleState: async (_companyId: string, _scheduleId: string): Promise<ScheduleState | null> => null,
    recorded: { durationMs: 0, lastEnd: "closed" } as Awaited<ReturnType<Recorder["ended"]>>,
    flowing: false,
    delivers: true,
    /** Whether conversations are recorded, and may be at an operator's wish. */
    begins: false,
    mayStart: false,
    request: (async () => ({
      ...{ result: "ok", status: 200, values: [], attempts: 1, reason: null },
    })) as () => Promise<RequestAnswer>,
    /** Whether callers are handed to the exchange. */
    handsOver: false,
    /** Whether the socket of a leg that was parted is held by somebody. */
    legThere: true,
    /** What jambonz says of such a leg, or of one that was called, or of a call that we placed. */
    legState: "unavailable" as "ringing" | "talking" | "over" | "unavailable",
    /** How it stands with the conversation that a supervisor comes into. */
    talk: "together" as MeetingStanding,
    passOn: (async () => null) as CallRoutes["passOn"],
  };
  /** What callers were to hear, as it was to be rendered. */
  const rendered: MediaEffect[] = [];
  const errors: unknown[] = [];
  const released: string[] = [];
  /** What was said of sending the conversation's sound. */
  const streamed: object[] = [];
  /** Kinds of media whose verbs cannot be made. */
  const unrenderable = new Set<MediaEffect["type"]>();
  let gone = 0;
  const connect = (): CallConnection & { open: boolean } => ({
    facts: {
      callSid: "sid",
      direction: "inbound",
      from: "+33612345678",
      hidden: false,
      to: "+33143670903",
      callerName: null,
      accountSid: "a",
      applicationSid: null,
      trunk: null,
      ourCallId: null,
    },
    open: true,
    redirect: (verbs) => {
      sent.push(verbs);
      return "sent";
    },
    stream: (listen) => {
      streamed.push(listen);
      return true;
    },
    command: (command) => {
      commands.push(command);
      return true;
    },
    release: (reason) => void released.push(reason),
    finish: () => void released.push("finished"),
  });
  const now = clock.now();
  const blank: CallDocument = {
    _id: "call_1",
    companyId: "co_1",
    rev: 0,
    ownerEpoch: 1,
    owner: "proc_1",
    callSid: "sid",
    direction: "inbound",
    from: "+33612345678",
    hidden: false,
    callerName: null,
    to: "+33143670903",
    lineId: "line_1",
    lineName: "Main",
    flowId: "desk",
    flowVersionId: "ver_1",
    language: "en-GB",
    status: "live",
    startedAt: now,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    snapshot: null,
    timers: [],
    outbox: [],
    media: null,
    queue: null,
    leg: null,
    script: null,
    cuts: 0,
    cutAt: null,
    unrecorded: true,
    traceSeq: 0,
    traceTail: [],
    ...more,
  };
  const facts = {
    callId: "call_1",
    callerNumber: "+33612345678",
    callerName: null,
    dialledNumber: "+33143670903",
    lineName: "Main",
    language: null,
    timeZone: "Europe/Paris",
  };
  const begin = (
    connection: CallConnection | null,
    document = firstCall(blank, compiled, facts, now),
    stored = false,
  ) =>
    new LiveCall(
      document,
      compiled,
      connection,
      {
        writer: new StepWriter(store.collection),
        clock,
        secrets: createSecretBox("s".repeat(32)),
        callCentre: {
          join: async (request) => {
            const { queueId, entry, at, named, consult, card } = request;
            const asked = consult && { consultedBy: card.consultedBy };
            told.push({ join: queueId, entry, ...(at && { at }), ...(named && { named }), ...asked });
            return { place: 1 };
          },
          leave: async (request) => void told.push({ leave: request.entry }),
          reportLeg: async (request) => void told.push({ leg: request.report }),
          promiseCallback: async () => ({ result: "promised" }),
          callEnded: async (request) => void told.push({ ended: request.by }),
        },
        presentation: {
          render: async (_call, effect) => {
            rendered.push(effect);
            if (unrenderable.has(effect.type)) throw new Error("a telephone cannot be looked up");
            return label(effect);
          },
          spokenMs: () => 3_000,
          comfort: () => [{ verb: "comfort" }],
          apology: () => [{ verb: "apology" }],
          notice: (_call, _entry, which) => [{ verb: which }],
          noticeMs: () => 8_000,
          consult: (_call, hears) => [{ verb: hears }],
          apart: (_call, { held, turn, listensTo }) => [
            { verb: held ? "music" : "room", id: `a${turn}`, ...(listensTo !== undefined && { of: listensTo }) },
          ],
        },
        answers: {
          scheduleState: async (companyId, scheduleId) => answers.scheduleState(companyId, scheduleId),
          queueFigures: (...asked) => answers.queueFigures(...asked),
          callbackSlots: async () => ({ slots: [], timeZone: "UTC" }),
          queueMusic: async () => answers.queueMusic,
          placeInLine: (...asked) => answers.placeInLine(...asked),
          askIdentity: (...asked) => answers.identity(...asked),
          draw: () => answers.share,
          lookUpContact: (_call, effect) => answers.lookUp(effect),
          postNotice: async () => "done",
          promiseCallback: (...asked) => answers.promise(...asked),
          askMailbox: (...asked) => answers.mailbox(...asked),
          askCentre: (...asked) => answers.centre(...asked),
        },
        recorder: {
          ended: async () => answers.recorded,
          flowing: async () => answers.flowing,
        },
        flowRequests: {
          send: (of, request) => {
            told.push({ asked: request.url, key: of.key });
            return answers.request();
          },
        },
        mailbox: {
          deliver: async ({ boxId, minMs }) => {
            if (!answers.delivers) throw new Error("the disk is full");
            told.push({ message: boxId, minMs });
          },
          drop: async ({ recordingId }) => void told.push({ dropped: recordingId.slice(0, 4) }),
        },
        conversations: {
          begins: async () => answers.begins,
          mayStart: async () => answers.mayStart,
          plan: async () => null,
          listen: async ({ recordingId }, epoch, { swapped }) => ({
            url: "ws://audio",
            metadata: { recordingId, epoch, ...(swapped && { swapped }) },
          }),
          keep: async ({ recordingId, operatorName }) => void told.push({ kept: recordingId, operatorName }),
        },
        handsOver: async () => answers.handsOver,
        rest: {
          reclaim: async (sid) => {
            rest.asked.push(`reclaim ${sid}`);
            return rest.answers.shift() ?? "asked";
          },
          hangUp: async (sid) => {
            rest.asked.push(`hangUp ${sid}`);
            return rest.answers.shift() ?? "asked";
          },
          giveUp: async (sid) => {
            rest.asked.push(`giveUp ${sid}`);
            return rest.answers.shift() ?? "asked";
          },
          legState: async () => answers.legState,
          dialledBy: async (sid) => {
            rest.asked.push(`dialled by ${sid}`);
            return rest.dialled;
          },
          place: () => rest.place(),
        },
        legs: {
          order: async (legSid, order) => {
            rest.asked.push(`${order.kind} ${legSid}${order.kind === "redirect" ? `: ${verbsOf(order.verbs)}` : ""}`);
            return answers.legThere;
          },
          hangUp: async (legSid) => void rest.asked.push(`hangUp ${legSid}`),
          reclaim: async (legSid) => {
            rest.asked.push(`reclaim ${legSid}`);
            return rest.answers.shift() ?? "asked";
          },
          state: async () => answers.legState,
        },
        placeConsulted: (_call, target, id) => {
          rest.asked.push(`call ${target.kind} ${id}`);
          return rest.place();
        },
        supervision: {
          standing: async () => answers.talk,
          told: async (_call, mode) => void told.push({ supervision: mode }),
        },
        passOnRoute: (companyId, queueId, to) => answers.passOn(companyId, queueId, to),
        placeTelephone: (call) => {
          rest.asked.push(`place ${call.placed?.telephoneId}`);
          return rest.place();
        },
        log: { error: (details) => void errors.push(details) },
        cardOf: async () => ({
          from: null,
          hidden: true,
          callerName: null,
          to: "",
          lineName: "",
          language: "en-GB",
          script: null,
          callStartedAt: 0,
        }),
        moveTrace: async (call) => call.traceTail.at(-1)?.seq ?? 0,
        onGone: () => {
          gone += 1;
        },
      },
      stored,
    );
  const hook = () => {
    const answers: (readonly Verb[])[] = [];
    const pending: PendingHook = { answer: (verbs) => void answers.push(verbs) };
    return { answers, pending };
  };
  const entryNow = (call: LiveCall) => {
    const effect = call.document.media?.effect;
    return effect && "entry" in effect ? effect.entry : -1;
  };
  const stored = () => store.documents.get("call_1");
  return {
    clock,
    store,
    rendered,
    unrenderable,
    sent,
    commands,
    told,
    rest,
    answers,
    errors,
    released,
    streamed,
    connect,
    begin,
    hook,
    entryNow,
    stored,
    gone: () => gone,
  };
}

export type CallStage = ReturnType<typeof callStage>;

/** Brings a call to the operator's telephone: menu, key 1, queue, accepted. */
export async function toTheTelephone(s: CallStage, call: LiveCall) {
  await call.beginNew();
  call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "1", hook: s.hook().pending });
  await call.settled();
  const queue = call.document.queue;
  if (!queue) throw new Error("not in the queue");
  const taken = await call.offerAccepted(
    {
      type: "offer.accepted",
      entry: queue.entry,
      offerId: "offer_1",
      operatorId: "op_1",
      target: { kind: "telephone", telephoneId: "tel_1" },
    },
    "Inès",
  );
  if (taken !== "taken") throw new Error(`not taken: ${taken}`);
}
