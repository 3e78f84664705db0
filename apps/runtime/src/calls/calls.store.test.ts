import type { MediaEffect } from "@cordboard/node-kit";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { inProcessBus } from "../bus/in-process.ts";
import type { Bus, CallCentre, CallConnection, CallFacts, Clock, Verb } from "../ports/index.ts";
import { randomId, systemClock } from "../ports/index.ts";
import { deskFlow } from "../testing/desk-flow.ts";
import { openTestStore, type TestStore } from "../testing/test-store.ts";
import type { CallRoute } from "./call-routes.ts";
import { type Calls, createCalls } from "./calls.ts";
import { callCollections } from "./model.ts";
import { createSecretBox } from "./secret-box.ts";

let testStore: TestStore;
const compiled = deskFlow();
const processes: { calls: Calls; close: () => Promise<void> }[] = [];

beforeAll(async () => {
  testStore = await openTestStore();
});
afterEach(async () => {
  for (const started of processes.splice(0)) await started.close();
});
afterAll(() => testStore.close());

interface Socket extends CallConnection {
  readonly heard: (readonly Verb[])[];
  readonly released: string[];
}

function socket(callSid: string): Socket {
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
    release: (reason) => void released.push(reason),
    finish: () => void released.push("finished"),
  };
}

const label = (effect: MediaEffect): Verb[] => [
  { verb: effect.type, ...("entry" in effect && { id: `e${effect.entry}` }) },
];

/** A machine whose clock goes wrong by so much, ms. */
function wrongClock(byMs: number): Clock {
  const right = systemClock();
  return { now: () => right.now() + byMs, at: (at, due) => right.at(at - byMs, due) };
}

const route: CallRoute = {
  companyId: "co_1",
  lineId: "line_1",
  lineName: "Main",
  flowId: "desk",
  flowVersionId: "ver_1",
  compiled,
  language: null,
  timeZone: "Europe/Paris",
};

async function startProcess(processId: string, bus: Bus, clock = systemClock()) {
  const store = await testStore.connect();
  const told: unknown[] = [];
  const centre: CallCentre = {
    join: async (request) => {
      told.push({ join: request.callId, entry: request.entry });
      return { place: 1 };
    },
    leave: async (request) => void told.push({ leave: request.callId }),
    reportLeg: async (request) => void told.push({ leg: request.report.kind }),
    promiseCallback: async () => ({ result: "promised" }),
    callEnded: async (request) => void told.push({ ended: request.callId }),
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
      callback: async () => ({ ...route, shows: null }),
      version: async () => compiled,
    },
    presentation: {
      render: async (_call, effect) => label(effect),
      spokenMs: () => 1_000,
      comfort: () => [{ verb: "comfort" }],
      apology: () => [{ verb: "apology" }],
    },
    answers: { scheduleState: async () => null, draw: () => 0 },
    recorder: { ended: async () => ({ durationMs: 0, lastEnd: "closed" }), flowing: async () => false },
    mailbox: { deliver: async () => undefined, drop: async () => undefined },
    rest: {
      reclaim: async () => "asked",
      hangUp: async () => "asked",
      giveUp: async () => "asked",
      place: async () => ({ kind: "placed", callSid: "placed" }),
    },
    placeTelephone: async (call) => {
      told.push({ placed: call._id });
      return { kind: "placed", callSid: `sid ${call._id}` };
    },
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
  const started = { calls, told, store, close: () => calls.close() };
  processes.push(started);
  return started;
}

const hook = () => {
  const answers: (readonly Verb[])[] = [];
  return { answers, pending: { answer: (verbs: readonly Verb[]) => void answers.push(verbs) } };
};
const entryOf = (verbs: readonly Verb[] | undefined) => Number(String(verbs?.[0]?.id ?? "e-1").slice(1));

describe("calls in the store", () => {
  test("a call is stored before its caller hears anything, and each step is one revision", async () => {
    const bus = inProcessBus();
    const { calls, store, told } = await startProcess("proc_a", bus);
    const caller = socket("sid-1");
    calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    const { calls: collection } = callCollections(store.connection);
    const stored = await collection.findOne({ callSid: "sid-1" });
    expect(stored?.owner).toBe("proc_a");
    expect(stored?.status).toBe("live");
    const { answers, pending } = hook();
    calls.handler.onEvent(caller, {
      kind: "collectEnded",
      entry: entryOf(caller.heard[0]),
      digits: "1",
      hook: pending,
    });
    await expect.poll(() => answers.length).toBe(1);
    expect(answers[0]?.[0]?.verb).toBe("hold");
    await expect.poll(() => told).toContainEqual({ join: stored?._id, entry: expect.any(Number) });
  });

  test("another process takes the call up with its socket; the first can no longer write or send", async () => {
    const bus = inProcessBus();
    const first = await startProcess("proc_b", bus);
    const second = await startProcess("proc_c", bus);
    const caller = socket("sid-2");
    first.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);

    const again = socket("sid-2");
    second.calls.handler.onReconnect(again);
    await expect.poll(() => second.calls.live.size).toBe(1);
    const { calls: collection } = callCollections(second.store.connection);
    const stored = await collection.findOne({ callSid: "sid-2" });
    expect(stored).toMatchObject({ owner: "proc_c", ownerEpoch: 2 });

    const late = hook();
    first.calls.handler.onEvent(caller, {
      kind: "collectEnded",
      entry: entryOf(caller.heard[0]),
      digits: "1",
      hook: late.pending,
    });
    await expect.poll(() => caller.released.length).toBe(1);
    expect(late.answers).toEqual([]);
    expect(first.calls.live.size).toBe(0);

    const { answers, pending } = hook();
    second.calls.handler.onEvent(again, {
      kind: "collectEnded",
      entry: entryOf(caller.heard[0]),
      digits: "1",
      hook: pending,
    });
    await expect.poll(() => answers[0]?.[0]?.verb).toBe("hold");
  });

  const over = { kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 3_000 } as const;

  test("the end of a call that another process hears of by HTTP is its owner's to note, once", async () => {
    const bus = inProcessBus();
    const owner = await startProcess("proc_h", bus);
    const other = await startProcess("proc_i", bus);
    const caller = socket("sid-over-1");
    owner.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    for (let times = 0; times < 2; times += 1) other.calls.handler.onAftermath("sid-over-1", over, null);

    await expect.poll(() => owner.calls.live.size, { timeout: 5_000 }).toBe(0);
    const { calls: collection } = callCollections(owner.store.connection);
    const stored = await collection.findOne({ callSid: "sid-over-1" });
    // Not taken from its owner: that one still had the socket, and closed it.
    expect(stored).toMatchObject({ status: "ended", endedBy: "caller", owner: "proc_h", ownerEpoch: 1 });
    expect(caller.released).toEqual(["finished"]);
    expect(owner.told).toEqual([{ ended: stored?._id }]);
    expect(other.told).toEqual([]);
    expect(other.calls.live.size).toBe(0);
  });

  test("the end of a call whose owner does not answer is noted by who hears of it, once", async () => {
    // Two buses: as when the owner was killed, or Redis is away.
    const owner = await startProcess("proc_j", inProcessBus());
    const other = await startProcess("proc_k", inProcessBus());
    const caller = socket("sid-over-2");
    owner.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    for (let times = 0; times < 2; times += 1) other.calls.handler.onAftermath("sid-over-2", over, null);

    const { calls: collection } = callCollections(owner.store.connection);
    const stored = () => collection.findOne({ callSid: "sid-over-2" });
    await expect.poll(stored).toMatchObject({ status: "ended", endedBy: "caller", owner: "proc_k" });
    await expect.poll(() => other.told).toEqual([{ ended: (await stored())?._id }]);
    // The owner hears the same from its socket, a moment later: it finds the call another's.
    owner.calls.handler.onEvent(caller, over);
    await expect.poll(() => owner.calls.live.size).toBe(0);
    expect(owner.told).toEqual([]);
  });

  test("the call centre reaches a call in whichever process it is", async () => {
    const bus = inProcessBus();
    const owner = await startProcess("proc_d", bus);
    const other = await startProcess("proc_e", bus);
    const caller = socket("sid-3");
    owner.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    const { pending } = hook();
    owner.calls.handler.onEvent(caller, {
      kind: "collectEnded",
      entry: entryOf(caller.heard[0]),
      digits: "1",
      hook: pending,
    });
    const call = [...owner.calls.live.values()][0];
    await expect.poll(() => call?.document.queue).not.toBeNull();
    const request = {
      companyId: "co_1",
      callId: call?.id ?? "",
      entry: call?.document.queue?.entry ?? 0,
      offerId: "offer_1",
      operatorId: "op_1",
      operatorName: "Inès",
      target: { kind: "telephone", telephoneId: "tel_1" },
    } as const;
    expect(await other.calls.inbox.offerAccepted(request)).toBe("taken");
    expect(await other.calls.inbox.offerAccepted(request)).toBe("taken");
    expect(caller.heard.at(-1)?.[0]?.verb).toBe("dial");
    expect(await other.calls.inbox.offerAccepted({ ...request, callId: "call_unknown" })).toBe("gone");
  });

  test("a call whose process died silently is taken over, and what it owed is told", async () => {
    const bus = inProcessBus();
    const dead = await startProcess("proc_f", bus);
    const caller = socket("sid-4");
    dead.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    const { processes: rows } = callCollections(dead.store.connection);
    // Its heart stops: no more word of proc_f. (Its in-memory self is never heard again.)
    processes.splice(0);
    await dead.calls.close();
    await rows.updateOne({ _id: "proc_f" }, { $set: { aliveAt: 1 } });
    const heir = await startProcess("proc_g", bus);
    const taken = () => [...heir.calls.live.values()].find((call) => call.document.callSid === "sid-4");
    await expect.poll(() => taken()?.document.owner, { timeout: 20_000 }).toBe("proc_g");
    const callId = taken()?.id;
    // The caller had hung up meanwhile: jambonz says so on a socket of its own (rule 9).
    heir.calls.handler.onAftermath("sid-4", { kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 }, null);
    await expect.poll(() => heir.told).toContainEqual({ ended: callId });
    const { calls: collection } = callCollections(heir.store.connection);
    await expect.poll(async () => (await collection.findOne({ callSid: "sid-4" }))?.status).toBe("ended");
  });

  test("a machine whose clock is an hour ahead takes no call from a process that lives", async () => {
    const owner = await startProcess("proc_l", inProcessBus());
    const ahead = await startProcess("proc_m", inProcessBus(), wrongClock(3_600_000));
    const caller = socket("sid-7");
    owner.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    const { processes: rows, calls: collection } = callCollections(owner.store.connection);
    const beats = async () => (await rows.findOne({ _id: "proc_m" }))?.aliveAt ?? 0;
    const first = await beats();
    // It has looked around more than once.
    await expect.poll(beats, { timeout: 15_000 }).toBeGreaterThan(first + 2_500);
    expect(ahead.calls.live.size).toBe(0);
    expect(await collection.findOne({ callSid: "sid-7" })).toMatchObject({ owner: "proc_l", ownerEpoch: 1 });
  });

  test("a machine whose clock is an hour behind finds the calls of a process that died, and leaves those of one that lives", async () => {
    const behind = await startProcess("proc_n", inProcessBus(), wrongClock(-3_600_000));
    const dead = await startProcess("proc_o", inProcessBus());
    const caller = socket("sid-8");
    dead.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    processes.splice(processes.indexOf(dead), 1);
    await dead.calls.close();
    // Not in order, but in the middle of a beat.
    const { processes: rows, calls: collection } = callCollections(dead.store.connection);
    await rows.updateOne({ _id: "proc_o" }, { $set: { aliveAt: Date.now() } });
    const living = await startProcess("proc_p", inProcessBus());
    const other = socket("sid-9");
    living.calls.handler.onNew(other);
    await expect.poll(() => other.heard.length).toBe(1);
    const owner = async (callSid: string) => (await collection.findOne({ callSid }))?.owner;
    await expect.poll(() => owner("sid-8"), { timeout: 20_000 }).not.toBe("proc_o");
    expect(await owner("sid-9")).toBe("proc_p");
    expect(behind.calls.live.has((await collection.findOne({ callSid: "sid-9" }))?._id ?? "")).toBe(false);
  });

  test("a call that was never written is begun when jambonz has come back twice (it is deaf after the first time)", async () => {
    const { calls, store } = await startProcess("proc_h", inProcessBus());
    const once = socket("sid-5");
    calls.handler.onReconnect(once);
    await expect.poll(() => once.released.length).toBe(1);
    const twice = socket("sid-5");
    calls.handler.onReconnect(twice);
    await expect.poll(() => twice.heard[0]?.[0]?.verb).toBe("collect");
    const { calls: collection } = callCollections(store.connection);
    expect(await collection.findOne({ callSid: "sid-5" })).toMatchObject({ status: "live" });
  });

  test("nothing revives a call that has ended", async () => {
    const { calls, store } = await startProcess("proc_i", inProcessBus());
    const caller = socket("sid-6");
    calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    calls.handler.onEvent(caller, { kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 5 });
    await expect.poll(() => caller.released).toContain("finished");
    const ghost = socket("sid-6");
    calls.handler.onReconnect(ghost);
    await expect.poll(() => ghost.heard).toEqual([[{ verb: "hangup" }]]);
    const { traceEvents, calls: collection } = callCollections(store.connection);
    const ended = await collection.findOne({ callSid: "sid-6" });
    expect(ended).toMatchObject({ status: "ended", endedBy: "caller", traceTail: [], unsettled: false });
    const trace = await traceEvents
      .find({ callId: ended?._id ?? "" })
      .sort({ seq: 1 })
      .toArray();
    expect(trace.map((line) => line.seq)).toEqual(trace.map((_, index) => index + 1));
    expect(trace[0]?.kind).toBe("began");
    expect(trace.at(-1)?.kind).toBe("ended");
  });
});
