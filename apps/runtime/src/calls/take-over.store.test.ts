import { collect, hangup, http } from "@cordboard/nodes";
import { flow, node } from "@cordboard/simulator/scenario";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { inProcessBus } from "../bus/in-process.ts";
import { callProcesses, entryOf, hook, quickClock, socket, wrongClock } from "../testing/call-processes.ts";
import { callCollections } from "./model.ts";

const stage = callProcesses();
const { compiled } = stage;
beforeAll(stage.open);
afterEach(stage.leaveAll);
afterAll(stage.close);

describe("a call that changes its process", () => {
  test("another process takes the call up with its socket; the first can no longer write or send", async () => {
    const bus = inProcessBus();
    const first = await stage.start("proc_b", bus);
    const second = await stage.start("proc_c", bus);
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

  test("it keeps the everyday settings that it began with, which its trace names", async () => {
    const bus = inProcessBus();
    const everyday = [{ flowId: "desk", everydayId: "everyday_1", number: 7 }];
    const asked: unknown[] = [];
    const first = await stage.start("proc_ev1", bus, { everyday });
    const second = await stage.start("proc_ev2", bus, {
      version: async (...of) => {
        asked.push(of);
        return compiled;
      },
    });
    const caller = socket("sid-ev");
    first.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    second.calls.handler.onReconnect(socket("sid-ev"));
    await expect.poll(() => second.calls.live.size).toBe(1);
    expect(asked).toEqual([["co_1", "ver_1", everyday]]);
    const stored = await callCollections(second.store.connection).calls.findOne({ callSid: "sid-ev" });
    expect(stored?.traceTail).toContainEqual(
      expect.objectContaining({ kind: "everyday", details: { flow: "desk", everydayId: "everyday_1", number: 7 } }),
    );
  });

  test("a call whose process died silently is taken over, and what it owed is told", async () => {
    const bus = inProcessBus();
    const dead = await stage.start("proc_f", bus);
    const caller = socket("sid-4");
    dead.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    const { processes: rows } = callCollections(dead.store.connection);
    // Its heart stops: no more word of proc_f. (Its in-memory self is never heard again.)
    await stage.leave(dead);
    await rows.updateOne({ _id: "proc_f" }, { $set: { aliveAt: 1 } });
    const heir = await stage.start("proc_g", bus);
    const taken = () => [...heir.calls.live.values()].find((call) => call.document.callSid === "sid-4");
    await expect.poll(() => taken()?.document.owner, { timeout: 20_000 }).toBe("proc_g");
    const callId = taken()?.id;
    // The caller had hung up meanwhile: jambonz says so on a socket of its own (rule 9).
    heir.calls.handler.onAftermath("sid-4", { kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 }, null);
    await expect.poll(() => heir.told).toContainEqual({ ended: callId });
    const { calls: collection } = callCollections(heir.store.connection);
    await expect.poll(async () => (await collection.findOne({ callSid: "sid-4" }))?.status).toBe("ended");
  });

  test.each(["sweep", "reconnection"] as const)(
    "a sweep for orphans that meets the call's coming back, the %s done first: the caller is heard by the one with the socket",
    async (first) => {
      const sid = `sid-meet-${first}`;
      const dead = await stage.start(`proc_r_${first}`, inProcessBus());
      const caller = socket(sid);
      dead.calls.handler.onNew(caller);
      await expect.poll(() => caller.heard.length).toBe(1);
      const [call] = [...dead.calls.live.values()];
      const { calls: collection } = callCollections(dead.store.connection);
      // What the other tests left is not to be swept up as well.
      await collection.updateMany(
        { callSid: { $ne: sid } },
        { $set: { status: "ended", unsettled: false, unrecorded: false } },
      );
      const gates: (() => void)[] = [];
      const heir = await stage.start(`proc_s_${first}`, inProcessBus(), {
        version: () => new Promise((resolve) => gates.push(() => resolve(compiled))),
      });
      await stage.leave(dead);
      // The sweep has claimed the call and is looking for its flow when jambonz comes back.
      await expect.poll(() => gates.length, { timeout: 20_000 }).toBe(1);
      const back = socket(sid);
      heir.calls.handler.onReconnect(back);
      await expect.poll(() => gates.length).toBe(2);
      for (const open of first === "sweep" ? gates : gates.toReversed()) {
        open();
        await new Promise(setImmediate);
      }
      await expect.poll(() => heir.calls.live.get(call?.id ?? "")?.connection).toBe(back);
      expect(heir.calls.live.size).toBe(1);
      const { pending, answers } = hook();
      heir.calls.handler.onEvent(back, {
        kind: "collectEnded",
        entry: entryOf(caller.heard[0]),
        digits: "1",
        hook: pending,
      });
      await expect.poll(() => [...answers, ...back.heard].flat().map(({ verb }) => verb)).toContain("hold");
      expect(back.released).toEqual([]);
      expect(await collection.findOne({ callSid: sid })).toMatchObject({
        status: "live",
        owner: `proc_s_${first}`,
        ownerEpoch: 3,
      });
    },
  );

  test("a call that was swept up here and came back elsewhere is let go, and jambonz is not asked for it", async () => {
    const dead = await stage.start("proc_v", inProcessBus());
    const caller = socket("sid-elsewhere");
    dead.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    const [call] = [...dead.calls.live.values()];
    await stage.leave(dead);
    // Not much quicker: to a clock far ahead of the others, those that live seem silent.
    const sweeper = await stage.start("proc_w", inProcessBus(), { clock: quickClock(2) });
    await expect.poll(() => sweeper.calls.live.has(call?.id ?? ""), { timeout: 10_000 }).toBe(true);
    const other = await stage.start("proc_x", inProcessBus());
    const back = socket("sid-elsewhere");
    other.calls.handler.onReconnect(back);
    await expect.poll(() => other.calls.live.get(call?.id ?? "")?.connection).toBe(back);
    await expect.poll(() => sweeper.calls.live.has(call?.id ?? ""), { timeout: 15_000 }).toBe(false);
    expect(sweeper.reclaimed).not.toContain("sid-elsewhere");
    const { calls: collection } = callCollections(other.store.connection);
    expect(await collection.findOne({ callSid: "sid-elsewhere" })).toMatchObject({ status: "live", owner: "proc_x" });
  });

  test("a call that was swept up and comes back nowhere is asked for by REST", async () => {
    const dead = await stage.start("proc_y", inProcessBus());
    const caller = socket("sid-nowhere");
    dead.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    await stage.leave(dead);
    const sweeper = await stage.start("proc_z", inProcessBus(), { clock: quickClock(10) });
    await expect.poll(() => sweeper.reclaimed, { timeout: 10_000 }).toContain("sid-nowhere");
  });

  test("a call that has ended is told of to everybody, although its flow's version is gone", async () => {
    const dying = await stage.start("proc_t", inProcessBus(), { deafCentre: true });
    const caller = socket("sid-gone");
    dying.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    dying.calls.handler.onEvent(caller, { kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 5 });
    const { calls: collection } = callCollections(dying.store.connection);
    const stored = () => collection.findOne({ callSid: "sid-gone" });
    await expect.poll(async () => (await stored())?.outbox.length).toBe(1);
    await stage.leave(dying);
    const heir = await stage.start("proc_u", inProcessBus(), { version: async () => null });
    await expect.poll(() => heir.told, { timeout: 20_000 }).toEqual([{ ended: (await stored())?._id }]);
    await expect.poll(async () => (await stored())?.outbox).toEqual([]);
  });

  test("a machine whose clock is an hour ahead takes no call from a process that lives", async () => {
    const owner = await stage.start("proc_l", inProcessBus());
    const ahead = await stage.start("proc_m", inProcessBus(), { clock: wrongClock(3_600_000) });
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
    const behind = await stage.start("proc_n", inProcessBus(), { clock: wrongClock(-3_600_000) });
    const dead = await stage.start("proc_o", inProcessBus());
    const caller = socket("sid-8");
    dead.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    await stage.leave(dead);
    // Not in order, but in the middle of a beat.
    const { processes: rows, calls: collection } = callCollections(dead.store.connection);
    await rows.updateOne({ _id: "proc_o" }, { $set: { aliveAt: Date.now() } });
    const living = await stage.start("proc_p", inProcessBus());
    const other = socket("sid-9");
    living.calls.handler.onNew(other);
    await expect.poll(() => other.heard.length).toBe(1);
    const owner = async (callSid: string) => (await collection.findOne({ callSid }))?.owner;
    await expect.poll(() => owner("sid-8"), { timeout: 20_000 }).not.toBe("proc_o");
    expect(await owner("sid-9")).toBe("proc_p");
    expect(behind.calls.live.has((await collection.findOne({ callSid: "sid-9" }))?._id ?? "")).toBe(false);
  });

  test("a call that was never written is begun when jambonz has come back twice (it is deaf after the first time)", async () => {
    const { calls, store } = await stage.start("proc_h", inProcessBus());
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
    const { calls, store } = await stage.start("proc_i", inProcessBus());
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

test("what a caller keyed in secret is sent by whoever has the call, and stands nowhere in clear meanwhile", async () => {
  const PIN = "830174";
  const asking = flow({
    pin: node(collect, {
      ...collect.initial,
      prompt: "pin",
      variable: "pin",
      minDigits: 6,
      maxDigits: 6,
      confirm: false,
    }),
    ask: node(http, {
      ...http.initial,
      ...{ url: "https://crm.example/check", method: "POST", body: "json", json: '{"code": "{{ pin }}"}' },
      headers: [{ name: "X-Pin", value: "{{ pin }}" }],
    }),
    bye: node(hangup, { prompt: "bye" }),
  })
    .connect("pin", "done", "ask")
    .connect("pin", "noInput", "bye")
    .connect("pin", "noMatch", "bye")
    .connect("ask", "ok", "bye")
    .connect("ask", "failed", "bye")
    .with({ variables: { pin: { type: "string", secret: true, initial: "" } } })
    .compiled();
  const sent: string[] = [];
  const bus = inProcessBus();
  const first = await stage.start("proc_pin_1", bus, {
    compiled: asking,
    send: async (_of, request) => {
      sent.push(JSON.stringify(request));
      return new Promise(() => {});
    },
  });
  const caller = socket("sid-pin");
  first.calls.handler.onNew(caller);
  await expect.poll(() => caller.heard.length).toBe(1);
  const { pending } = hook();
  const entry = entryOf(caller.heard[0]);
  first.calls.handler.onEvent(caller, { kind: "collectEnded", entry, digits: PIN, hook: pending });
  await expect.poll(() => sent.length).toBe(1);
  expect(sent[0]?.match(new RegExp(PIN, "g"))).toHaveLength(2);
  const { connection } = first.store;
  const stored = async () => {
    const all = [];
    for (const { name } of await connection.listCollections())
      all.push(...(await connection.collection(name).find({}).toArray()));
    return JSON.stringify(all);
  };
  const waiting = await stored();
  expect(waiting).toContain("https://crm.example/check");
  expect(waiting).not.toContain(PIN);

  const answers: (() => void)[] = [];
  const second = await stage.start("proc_pin_2", bus, {
    compiled: asking,
    send: async (_of, request) => {
      sent.push(JSON.stringify(request));
      await new Promise<void>((resolve) => answers.push(resolve));
      return { result: "ok", status: 200, values: [], attempts: 1, reason: null };
    },
  });
  second.calls.handler.onReconnect(socket("sid-pin"));
  await expect.poll(() => sent.length).toBe(2);
  expect(sent[1]).toBe(sent[0]);
  answers[0]?.();
  const { calls: collection } = callCollections(connection);
  await expect.poll(async () => (await collection.findOne({ callSid: "sid-pin" }))?.outbox.length).toBe(0);
  const over = await stored();
  expect(over).toContain("asksSystem");
  expect(over).not.toContain(PIN);
});
