import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { inProcessBus } from "../bus/in-process.ts";
import { callProcesses, entryOf, hook, socket } from "../testing/call-processes.ts";
import { callCollections } from "./model.ts";

const stage = callProcesses();
beforeAll(stage.open);
afterEach(stage.leaveAll);
afterAll(stage.close);

describe("calls in the store", () => {
  const over = { kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 3_000 } as const;

  test("a call is stored before its caller hears anything, and each step is one revision", async () => {
    const bus = inProcessBus();
    const { calls, store, told } = await stage.start("proc_a", bus);
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

  test("the end of a call that another process hears of by HTTP is its owner's to note, once", async () => {
    const bus = inProcessBus();
    const owner = await stage.start("proc_h", bus);
    const other = await stage.start("proc_i", bus);
    const caller = socket("sid-over-1");
    owner.calls.handler.onNew(caller);
    await expect.poll(() => caller.heard.length).toBe(1);
    for (let times = 0; times < 2; times += 1) other.calls.handler.onAftermath("sid-over-1", over, null);

    await expect.poll(() => owner.calls.live.size).toBe(0);
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
    const owner = await stage.start("proc_j", inProcessBus());
    const other = await stage.start("proc_k", inProcessBus());
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
    const owner = await stage.start("proc_d", bus);
    const other = await stage.start("proc_e", bus);
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
});
