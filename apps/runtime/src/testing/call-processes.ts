import type { CompiledFlow } from "@cordboard/engine";
import type { MediaEffect } from "@cordboard/node-kit";
import type { CallRoute, CallRoutes } from "../calls/call-routes.ts";
import { createCalls } from "../calls/calls.ts";
import type { FlowRequests } from "../calls/request-carrier.ts";
import { createSecretBox } from "../calls/secret-box.ts";
import type { Bus, CallCentre, CallConnection, CallFacts, Clock, Verb } from "../ports/index.ts";
import { randomId, systemClock } from "../ports/index.ts";
import { noQueueMusic } from "../queues/index.ts";
import { deskFlow } from "./desk-flow.ts";
import { noConversations } from "./no-conversations.ts";
import { noMailbox } from "./no-mailbox.ts";
import { openTestStore, type TestStore } from "./test-store.ts";

const desk = deskFlow();

const routeTo = (compiled: CompiledFlow): CallRoute => ({
  companyId: "co_1",
  lineId: "line_1",
  lineName: "Main",
  flowId: "desk",
  flowVersionId: "ver_1",
  compiled,
  language: null,
  timeZone: "Europe/Paris",
});

export interface Socket extends CallConnection {
  readonly heard: (readonly Verb[])[];
  readonly released: string[];
}

/** jambonz' socket of a call, with all that it was sent. */
export function socket(callSid: string): Socket {
  const heard: (readonly Verb[])[] = [];
  const released: string[] = [];
  const facts: CallFacts = {
    callSid,
    direction: "inbound",
    from: "+33639981234",
    hidden: false,
    to: "+33199001010",
    callerName: null,
    accountSid: "a",
    applicationSid: null,
    trunk: null,
    ourCallId: null,
  };
  return {
    facts,
    open: true,
    heard,
    released,
    redirect: (verbs) => {
      heard.push(verbs);
      return "sent";
    },
    stream: () => true,
    release: (reason) => void released.push(reason),
    command: () => true,
    finish: () => void released.push("finished"),
  };
}

const label = (effect: MediaEffect): Verb[] => [
  { verb: effect.type, ...("entry" in effect && { id: `e${effect.entry}` }) },
];

/** A machine whose clock goes wrong by so much, ms. */
export function wrongClock(byMs: number): Clock {
  const right = systemClock();
  return { now: () => right.now() + byMs, at: (at, due) => right.at(at - byMs, due) };
}

/** A machine on which everything that is waited for comes so many times sooner. */
export function quickClock(times: number): Clock {
  const right = systemClock();
  const start = right.now();
  return {
    now: () => start + (right.now() - start) * times,
    at: (at, due) => right.at(start + (at - start) / times, due),
  };
}

/** `version`: what becomes of the flow of a call that is taken up. `deafCentre`: nothing that it is told is confirmed. */
async function startProcess(
  testStore: TestStore,
  processId: string,
  bus: Bus,
  {
    clock = systemClock(),
    compiled = desk,
    version = async () => compiled,
    deafCentre = false,
    everyday,
    send = async () => ({ result: "failed", status: 0, values: [], attempts: 0, reason: "notAsked" }),
  }: {
    clock?: Clock;
    /** The flow that its calls are in. */
    compiled?: CompiledFlow;
    version?: CallRoutes["version"];
    /** The versions of everyday settings that its calls begin with. */
    everyday?: NonNullable<CallRoute["everyday"]>;
    deafCentre?: boolean;
    /** Another system, as flows ask it. */
    send?: FlowRequests["send"];
  } = {},
) {
  const route = { ...routeTo(compiled), ...(everyday && { everyday }) };
  const store = await testStore.connect();
  const told: unknown[] = [];
  const reclaimed: string[] = [];
  const centre: CallCentre = {
    join: async (request) => {
      told.push({ join: request.callId, entry: request.entry });
      return { place: 1 };
    },
    leave: async (request) => void told.push({ leave: request.callId }),
    reportLeg: async (request) => void told.push({ leg: request.report.kind }),
    promiseCallback: async () => ({ result: "promised" }),
    callEnded: async (request) => {
      if (deafCentre) throw new Error("the call centre does not answer");
      told.push({ ended: request.callId });
    },
  };
  const calls = createCalls({
    store,
    bus,
    clock,
    makeId: randomId,
    secrets: createSecretBox("s".repeat(32)),
    processId,
    routes: {
      route: async () => route,
      placed: async () => ({ ...route, shows: null }),
      passOn: async () => null,
      version,
    },
    presentation: {
      render: async (_call, effect) => label(effect),
      spokenMs: () => 1_000,
      comfort: () => [{ verb: "comfort" }],
      apart: () => [],
      consult: () => [],
      notice: () => [],
      noticeMs: () => 0,
      apology: () => [{ verb: "apology" }],
    },
    answers: {
      scheduleState: async () => null,
      callbackSlots: async () => ({ slots: [], timeZone: "UTC" }),
      queueFigures: async () => {
        throw new Error("no flow here asks");
      },
      queueMusic: async () => noQueueMusic,
      placeInLine: () => Promise.reject(new Error("nobody waits long enough here")),
      askIdentity: () => Promise.reject(new Error("nobody is asked for a code here")),
      askCentre: () => Promise.reject(new Error("nobody is asked for a code here")),
      draw: () => 0,
      askMailbox: noMailbox,
      lookUpContact: async (_call, { source }) => ({ source, result: "none", matches: 0, contacts: [] }),
      postNotice: async () => "failed",
    },
    recorder: { ended: async () => ({ durationMs: 0, lastEnd: "closed" }), flowing: async () => false },
    flowRequests: { send },
    mailbox: { deliver: async () => undefined, drop: async () => undefined },
    conversations: noConversations,
    rest: {
      reclaim: async (callSid) => {
        reclaimed.push(callSid);
        return "asked";
      },
      hangUp: async () => "asked",
      giveUp: async () => "asked",
      dialledBy: async () => "unavailable",
      legState: async () => "unavailable",
      place: async () => ({ kind: "placed", callSid: "placed" }),
    },
    placeTelephone: async (call) => {
      told.push({ placed: call._id });
      return { kind: "placed", callSid: `sid ${call._id}` };
    },
    placeConsulted: async () => ({ kind: "placed", callSid: "consulted" }),
    cardOf: async (call) => ({
      from: call.from,
      hidden: call.hidden,
      callerName: null,
      to: call.to,
      lineName: call.lineName,
      language: call.language,
      script: null,
      callStartedAt: call.startedAt,
    }),
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (details, message) => {
        throw new Error(message, { cause: details });
      },
    },
  });
  calls.useCallCentre(centre);
  await calls.start();
  return { calls, told, reclaimed, store, close: () => calls.close() };
}

/** A hook that waits for its answer. */
export const hook = () => {
  const answers: (readonly Verb[])[] = [];
  return { answers, pending: { answer: (verbs: readonly Verb[]) => void answers.push(verbs) } };
};
/** Which entry verbs present. */
export const entryOf = (verbs: readonly Verb[] | undefined) => Number(String(verbs?.[0]?.id ?? "e-1").slice(1));

type Started = Awaited<ReturnType<typeof startProcess>>;

/** Processes that carry calls and share one store. */
export function callProcesses() {
  let testStore: TestStore | null = null;
  const started: Started[] = [];
  return {
    /** The flow that calls of theirs are in, unless a process is given another. */
    compiled: desk,
    async open() {
      testStore = await openTestStore();
    },
    async start(...given: Parameters<typeof startProcess> extends [TestStore, ...infer Rest] ? Rest : never) {
      if (!testStore) throw new Error("open first");
      const process = await startProcess(testStore, ...given);
      started.push(process);
      return process;
    },
    /** It leaves now, in order; what it held is the others' to find. */
    async leave(process: Started) {
      started.splice(started.indexOf(process), 1);
      await process.close();
    },
    async leaveAll() {
      for (const process of started.splice(0)) await process.close();
    },
    async close() {
      await testStore?.close();
    },
  };
}
