import { inProcessBus } from "../../apps/runtime/src/bus/in-process.ts";
import { type Calls, createCalls } from "../../apps/runtime/src/calls/calls.ts";
import { createSecretBox } from "../../apps/runtime/src/calls/secret-box.ts";
import {
  type CallConnection,
  type Clock,
  randomId,
  systemClock,
  type Verb,
} from "../../apps/runtime/src/ports/index.ts";
import { createPresentation } from "../../apps/runtime/src/presentation/create-presentation.ts";
import { noQueueMusic } from "../../apps/runtime/src/queues/index.ts";
import type { Store } from "../../apps/runtime/src/store/store.ts";
import { noRest } from "../../apps/runtime/src/telephony/index.ts";
import { ringFlow } from "../flows.ts";

/** A call of the real call core whose telephony is this process: it can be stepped as often as wanted. */
export interface SteppedCall {
  readonly callSid: string;
  /**
   * The caller hears the announcement to its end, or presses 1; resolves when the next verbs were answered, that is, durably. Asked again
   * before that, it waits.
   */
  step(): Promise<void>;
}

export interface CallCore {
  readonly calls: Calls;
  begin(): Promise<SteppedCall>;
}

const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: (details: object, message: string) => fail(message, details),
};

function fail(message: string, details: object): never {
  const cause = "err" in details && details.err instanceof Error ? `: ${details.err.stack}` : "";
  throw new Error(`${message} ${JSON.stringify(details)}${cause}`);
}

const notHere = () => Promise.reject(new Error("nobody records anything here"));

/** Longer waits than this are those for jambonz, ms: what a caller hears should have ended by then. */
const FOREVER_MS = 5_000;

/**
 * The system's clock, which lets callers listen for as long as they are left alone: a call whose announcement seems never to end would go on
 * by itself. Such timers are armed and called off as always, only nothing happens when they run out.
 */
function patientClock(): Clock {
  const clock = systemClock();
  return {
    now: clock.now,
    at: (at, due) => clock.at(at, at - clock.now() > FOREVER_MS ? () => undefined : due),
  };
}

/** The runtime's own calls, steps, timers, rendering and writing, without sockets: calls in a ring of 10 nodes that never ends. */
export async function createCallCore(store: Store, promptsFolder: string): Promise<CallCore> {
  const compiled = ringFlow(10);
  const route = {
    companyId: "co_bench",
    lineId: "line_bench",
    lineName: "Standard",
    flowId: "ring",
    flowVersionId: "ver_ring",
    compiled,
    language: "fr-FR",
    timeZone: "Europe/Paris",
  };
  const calls = createCalls({
    store,
    bus: inProcessBus(),
    clock: patientClock(),
    makeId: randomId,
    secrets: createSecretBox("bench".repeat(8)),
    processId: randomId("proc"),
    routes: { route: async () => route, placed: notHere, passOn: notHere, version: async () => compiled },
    presentation: createPresentation({
      mediaUrl: "http://127.0.0.1:4700/media",
      promptsFolder,
      versionOf: () => compiled,
      telephone: async () => null,
      switchboard: async () => null,
      listenTo: notHere,
      recording: async () => null,
      message: async () => null,
      mediaMs: () => null,
      callerId: null,
    }),
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
      askMailbox: notHere,
      lookUpContact: async (_call, { source }) => ({ source, result: "none", matches: 0, contacts: [] }),
      postNotice: async () => "failed",
    },
    recorder: { ended: notHere, flowing: async () => false },
    flowRequests: { send: notHere },
    mailbox: { deliver: notHere, drop: notHere },
    conversations: {
      ...{ begins: async () => false, mayStart: async () => false, plan: async () => null },
      ...{ listen: notHere, keep: notHere },
    },
    rest: noRest,
    placeTelephone: notHere,
    placeConsulted: notHere,
    cardOf: () => Promise.reject(new Error("no call joins a queue here")),
    log: quiet,
  });
  await calls.start();
  return { calls, begin: () => begin(calls) };
}

async function begin(calls: Calls): Promise<SteppedCall> {
  const callSid = randomId("node");
  let heard: Verb | undefined;
  let told: () => void = () => undefined;
  const hear = (verbs: readonly Verb[]) => {
    if (verbs.length === 0) throw new Error("a step was taken for nothing");
    const media = verbs.find(({ id }) => typeof id === "string");
    // Comfort while the store is slow has no id; what the caller is to hear follows.
    if (!media) return;
    heard = media;
    told();
  };
  const connection: CallConnection = {
    facts: {
      callSid,
      direction: "inbound",
      from: "+33639981234",
      hidden: false,
      to: "+33199001010",
      callerName: null,
      accountSid: "account",
      applicationSid: null,
      trunk: null,
      ourCallId: null,
    },
    open: true,
    redirect(verbs) {
      hear(verbs);
      return "sent";
    },
    stream: () => true,
    release: () => undefined,
    command: () => true,
    finish: () => undefined,
  };
  const next = (act: () => void) =>
    new Promise<void>((resolve) => {
      told = resolve;
      act();
    });
  await next(() => calls.handler.onNew(connection));
  calls.handler.onEvent(connection, { kind: "answered" });
  const step = () =>
    next(() => {
      const entry = Number(String(heard?.id).slice(1));
      const hook = { answer: hear };
      calls.handler.onEvent(connection, { kind: "mediaStarted", entry });
      calls.handler.onEvent(
        connection,
        heard?.verb === "play"
          ? { kind: "playEnded", entry, failed: false, hook }
          : { kind: "collectEnded", entry, digits: "1", hook },
      );
    });
  let last = Promise.resolve();
  return {
    callSid,
    step: () => {
      last = last.then(step);
      return last;
    },
  };
}
