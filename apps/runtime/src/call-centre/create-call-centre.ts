import { OutsideError } from "../errors/index.ts";
import type { CallCentre, CallCentreCommands } from "../ports/index.ts";
import { Matcher, NotHere } from "./matcher.ts";
import { type CallCentrePorts, centreTimes } from "./ports.ts";
import {
  type CentreReply,
  type CentreRequest,
  centreChannel,
  isCallbackAnswer,
  isCallers,
  isHolders,
  isLiveSnapshot,
  isOperatorAnswer,
  isOperatorsNow,
  isOperatorView,
  isPlace,
  isPromiseAnswer,
  isReply,
  isRequest,
  isSupervisorAnswer,
} from "./requests.ts";

export interface CallCentreHost extends CallCentre, CallCentreCommands {
  /** To be called when the settings of a queue changed, who may serve it, or a schedule (its hours, or what it is forced to be). */
  queuesChanged(companyId: string): Promise<void>;
  /** Creates the indexes, and from now on attends to companies that nobody attends to. */
  start(): Promise<void>;
  /** Finishes what is in hand and gives the leases back, so that other processes go on at once. */
  close(): Promise<void>;
}

/** Later than any lease ends. */
const endOfTime = Number.MAX_SAFE_INTEGER;

/**
 * The call centre of this process: matches for the companies whose lease it holds, and passes on what concerns the others to whoever
 * holds theirs. Every method may be called in any process.
 */
export function createCallCentre(ports: CallCentrePorts): CallCentreHost {
  const { store, bus, clock, log, processId } = ports;
  const matchers = new Map<string, Matcher>();
  const takings = new Map<string, Promise<boolean>>();
  /** Until when somebody else is known to hold a lease: no use in trying to take it before. */
  const heldElsewhere = new Map<string, number>();
  /** Companies whose lease this process has asked for before. */
  const known = new Set<string>();
  let closed = false;
  let cancelRound = () => {};

  const take = (companyId: string): Promise<boolean> => {
    const running = takings.get(companyId);
    if (running) return running;
    const taking = takeNow(companyId).finally(() => takings.delete(companyId));
    takings.set(companyId, taking);
    return taking;
  };

  const takeNow = async (companyId: string): Promise<boolean> => {
    if (closed || matchers.has(companyId)) return !closed;
    const now = clock.now();
    const until = now + centreTimes.leaseMs;
    const inherits = ports.alone === true && !known.has(companyId);
    const result = await store.take(companyId, processId, inherits ? endOfTime : now, until);
    known.add(companyId);
    if ("heldUntil" in result) {
      heldElsewhere.set(companyId, result.heldUntil);
      return false;
    }
    heldElsewhere.delete(companyId);
    let unanswer = () => {};
    const matcher: Matcher = new Matcher(ports, result.taken, until, () => {
      unanswer();
      if (matchers.get(companyId) === matcher) matchers.delete(companyId);
    });
    matchers.set(companyId, matcher);
    unanswer = bus.answer(centreChannel(companyId), (message) => answerBus(matcher, message));
    if (closed) await matcher.close();
    return !closed;
  };

  const attempt = async (companyId: string, request: CentreRequest): Promise<CentreReply> => {
    const here = matchers.get(companyId);
    if (here) return await askHere(here, request);
    const worthTrying = clock.now() >= (heldElsewhere.get(companyId) ?? 0);
    if (worthTrying && (await take(companyId))) return await attempt(companyId, request);
    const reply = await bus.request(centreChannel(companyId), request, centreTimes.replyMs);
    if (isReply(reply)) return reply;
    // Nobody answered: whoever held the lease may be gone, so look at it again.
    heldElsewhere.delete(companyId);
    return { kind: "notHere" };
  };

  const ask = async (companyId: string, request: CentreRequest): Promise<unknown> => {
    const giveUpAt = clock.now() + centreTimes.patienceMs;
    for (;;) {
      if (closed) throw unavailable("this process is closing");
      let reply: CentreReply = { kind: "notHere" };
      try {
        reply = await attempt(companyId, request);
      } catch (error) {
        log.warn({ err: error, companyId }, "the call centre could not be reached; trying again");
      }
      if (reply.kind === "answer") return reply.answer;
      if (reply.kind === "failed") throw unavailable(reply.message);
      if (clock.now() >= giveUpAt) throw unavailable("nobody decides for this company just now");
      await new Promise<void>((resolve) => clock.at(clock.now() + centreTimes.pauseMs, resolve));
    }
  };

  const round = async (first = false): Promise<void> => {
    try {
      const due = await store.unattended(first && ports.alone ? endOfTime : clock.now());
      for (const companyId of due) await take(companyId);
    } catch (error) {
      log.warn({ err: error }, "could not look for companies that nobody attends to");
    }
    if (!closed) cancelRound = clock.at(clock.now() + centreTimes.sweepMs, () => void round());
  };

  return {
    async join({ companyId, ...request }) {
      return expected(await ask(companyId, { kind: "join", request }), isPlace);
    },
    async leave({ companyId, ...request }) {
      await ask(companyId, { kind: "leave", request });
    },
    async reportLeg({ companyId, ...request }) {
      await ask(companyId, { kind: "leg", request });
    },
    async promiseCallback({ companyId, ...request }) {
      return expected(await ask(companyId, { kind: "promise", request }), isPromiseAnswer);
    },
    async callback(companyId, command) {
      return expected(await ask(companyId, { kind: "callback", command }), isCallbackAnswer);
    },
    async callEnded({ companyId, ...request }) {
      await ask(companyId, { kind: "ended", request });
    },
    async command(companyId, operatorId, command) {
      return expected(await ask(companyId, { kind: "command", operatorId, command }), isOperatorAnswer);
    },
    async view(companyId, operatorId, fresh = false) {
      return expected(await ask(companyId, { kind: "view", operatorId, fresh }), isOperatorView);
    },
    async operatorsNow(companyId) {
      const now = expected(await ask(companyId, { kind: "operatorsNow" }), isOperatorsNow);
      return new Map(now.map((one) => [one.operatorId, one]));
    },
    async telephoneHolders(companyId) {
      return new Map(expected(await ask(companyId, { kind: "telephoneHolders" }), isHolders));
    },
    async live(companyId) {
      return expected(await ask(companyId, { kind: "live" }), isLiveSnapshot);
    },
    async callers(companyId, queueId) {
      return expected(await ask(companyId, { kind: "callers", queueId }), isCallers);
    },
    async supervise(companyId, command) {
      return expected(await ask(companyId, { kind: "supervise", command }), isSupervisorAnswer);
    },
    async queuesChanged(companyId) {
      await ask(companyId, { kind: "queuesChanged" });
    },
    async start() {
      await store.prepare();
      await round(true);
    },
    async close() {
      closed = true;
      cancelRound();
      await Promise.allSettled(takings.values());
      await Promise.all([...matchers.values()].map((matcher) => matcher.close()));
    },
  };
}

async function answerBus(matcher: Matcher, message: unknown): Promise<CentreReply> {
  return isRequest(message) ? await askHere(matcher, message) : { kind: "failed", message: "not a request" };
}

async function askHere(matcher: Matcher, request: CentreRequest): Promise<CentreReply> {
  try {
    return { kind: "answer", answer: await matcher.ask(request) };
  } catch (error) {
    if (error instanceof NotHere) return { kind: "notHere" };
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

function expected<T>(answer: unknown, is: (value: unknown) => value is T): T {
  if (is(answer)) return answer;
  throw unavailable("the answer of another process was not understood");
}

/** Nobody could decide just now (the store cannot be reached, or a lease changes hands): to be asked again. */
function unavailable(why: string): OutsideError {
  return new OutsideError("callCentreUnavailable", {}, { cause: why });
}
