import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TelephonyEvent, Verb } from "../ports/index.ts";
import { callStage, toTheTelephone } from "../testing/call-stage.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { CallDocument } from "./model.ts";

describe("a call that this process owns", () => {
  test("is written before its caller hears anything", async () => {
    const s = callStage();
    s.store.state.failing = true;
    const call = s.begin(s.connect());
    void call.beginNew();
    await s.clock.advance(1_000);
    expect(s.sent).toEqual([]);
    s.store.state.failing = false;
    await s.clock.advance(2_000);
    expect(s.stored()?.rev).toBeGreaterThan(0);
    expect(s.sent).toEqual([[{ verb: "collect", id: `e${s.entryNow(call)}` }]]);
  });

  test("answers a hook with what follows, after one write", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    const before = s.stored()?.rev ?? 0;
    const { answers, pending } = s.hook();
    call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "1", hook: pending });
    await call.settled();
    // The keys, and what the queue answers when it is asked for its music: two steps, one write.
    expect(s.stored()?.rev).toBe(before + 2);
    expect(answers).toEqual([[{ verb: "hold", id: `e${s.entryNow(call)}` }]]);
    await quiet();
    expect(s.told).toEqual([{ join: "queue_sales", entry: call.document.queue?.entry }]);
  });

  test("does nothing on a repeated hook, and still acks it", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    const entry = s.entryNow(call);
    call.handle({ kind: "collectEnded", entry, digits: "1", hook: s.hook().pending });
    await call.settled();
    const rev = s.stored()?.rev;
    const again = s.hook();
    call.handle({ kind: "collectEnded", entry, digits: "1", hook: again.pending });
    await call.settled();
    expect(again.answers).toEqual([[]]);
    expect(s.stored()?.rev).toBe(rev);
  });

  test("bridges a store that does not answer with music, and loses no key", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    s.store.state.failing = true;
    const { answers, pending } = s.hook();
    call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "1", hook: pending });
    await s.clock.advance(2_600);
    expect(answers).toEqual([[{ verb: "comfort" }]]);
    await s.clock.advance(30_000);
    s.store.state.failing = false;
    await s.clock.advance(3_000);
    expect(call.document.queue?.queueId).toBe("queue_sales");
    expect(s.sent.at(-1)).toEqual([{ verb: "hold", id: `e${s.entryNow(call)}` }]);
    expect(s.stored()?.queue?.queueId).toBe("queue_sales");
  });

  test("falls silent at once when another process has it", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    const document = s.stored();
    if (!document) throw new Error("not stored");
    s.store.documents.set("call_1", { ...document, ownerEpoch: 7 });
    const heard = s.sent.length;
    const { answers, pending } = s.hook();
    call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "1", hook: pending });
    await call.settled();
    expect(answers).toEqual([]);
    expect(s.sent.length).toBe(heard);
    expect(s.released).toEqual(["another process owns this call"]);
    expect(s.gone()).toBe(1);
    await s.clock.advance(60_000);
    expect(s.stored()?.rev).toBe(document.rev);
  });

  test("goes on audibly when a verb's end is never heard of", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    const first = s.entryNow(call);
    await s.clock.advance(3_000 + 6_000 + 15_000 - 1);
    expect(s.entryNow(call)).toBe(first);
    await s.clock.advance(2);
    expect(s.entryNow(call)).toBeGreaterThan(first);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("collect");
  });
});

describe("an accepted call", () => {
  test("rings, talks, ends: the call centre hears of each", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await toTheTelephone(s, call);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("dial");
    expect(s.stored()?.media?.evidence).toBe("sent");
    call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    call.handle({ kind: "legAnswered", legSid: "leg" });
    await call.settled();
    expect(call.document.timers).toEqual([]);
    await s.clock.advance(42_000);
    const { answers, pending } = s.hook();
    const entry = call.document.leg?.entry ?? -1;
    call.handle({ kind: "dialEnded", entry, result: "completed", sipStatus: 200, legSid: "leg", hook: pending });
    await call.settled();
    await quiet();
    expect(answers).toEqual([[{ verb: "hangUp", id: "end" }]]);
    expect(s.told).toContainEqual({ leg: { kind: "ringing" } });
    expect(s.told).toContainEqual({ leg: { kind: "answered" } });
    expect(s.told).toContainEqual({ leg: { kind: "ended", talkMs: 42_000 } });
  });

  test("is taken only once, however often the call centre says so", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await toTheTelephone(s, call);
    const rev = s.stored()?.rev;
    const entry = call.document.queue?.entry ?? -1;
    const target = { kind: "telephone", telephoneId: "tel_1" } as const;
    const again = { type: "offer.accepted", entry, offerId: "offer_1", operatorId: "op_1", target } as const;
    expect(await call.offerAccepted(again, "Inès")).toBe("taken");
    expect(await call.offerAccepted({ ...again, offerId: "offer_2" }, "Inès")).toBe("gone");
    expect(s.stored()?.rev).toBe(rev);
  });

  test("goes back to the music when the telephone is busy, and keeps the place", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await toTheTelephone(s, call);
    const queue = call.document.queue;
    const { answers, pending } = s.hook();
    const entry = call.document.leg?.entry ?? -1;
    call.handle({ kind: "dialEnded", entry, result: "busy", sipStatus: 486, legSid: null, hook: pending });
    await call.settled();
    await quiet();
    expect(answers[0]?.[0]?.verb).toBe("hold");
    expect(call.document.queue).toEqual(queue);
    expect(s.told).toContainEqual({ leg: { kind: "failed", result: "busy" } });
    expect(s.told.filter((item) => JSON.stringify(item).includes("leave"))).toEqual([]);
  });

  test("a telephone that rang without a last word is reported as orphaned", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await toTheTelephone(s, call);
    call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
    await s.clock.advance(3_100);
    expect(s.told).toContainEqual({ leg: { kind: "orphaned" } });
  });

  test("also when the process is killed while it waits for that word: whoever takes the ended call up waits again", async () => {
    const s = callStage();
    const killed = s.begin(s.connect());
    await toTheTelephone(s, killed);
    killed.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    killed.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
    await s.clock.advance(2_000);
    killed.abandon();
    expect(s.told).toContainEqual({ ended: "caller" });
    expect(s.told).not.toContainEqual({ leg: { kind: "orphaned" } });
    const left = s.stored();
    // Told of its end, and not settled: it is looked for.
    expect(left).toMatchObject({ status: "ended", unsettled: true });
    if (!left) throw new Error("not stored");

    const heir = s.begin(null, left, true);
    heir.resume();
    await s.clock.advance(10_000);
    expect(s.told.filter((item) => JSON.stringify(item).includes("orphaned"))).toHaveLength(1);
    expect(s.stored()).toMatchObject({ unsettled: false, leg: null });
    expect(s.gone()).toBe(1);
  });

  test("a process that is killed after the telephone's last word leaves nothing to wait for", async () => {
    const s = callStage();
    const killed = s.begin(s.connect());
    await toTheTelephone(s, killed);
    killed.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    killed.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
    killed.handle({ kind: "legEnded", legSid: "leg", result: "silent", sipStatus: 487 });
    await s.clock.advance(400);
    killed.abandon();
    const left = s.stored();
    expect(left).toMatchObject({ status: "ended", leg: null });
    if (!left) throw new Error("not stored");
    const heir = s.begin(null, left, true);
    heir.resume();
    await s.clock.advance(10_000);
    expect(s.told).not.toContainEqual({ leg: { kind: "orphaned" } });
  });

  test("a telephone that stops ringing as the caller hangs up is not", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await toTheTelephone(s, call);
    call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
    call.handle({ kind: "legEnded", legSid: "leg", result: "silent", sipStatus: 487 });
    await s.clock.advance(5_000);
    expect(s.told).not.toContainEqual({ leg: { kind: "orphaned" } });
    expect(s.told).toContainEqual({ ended: "caller" });
    expect(s.stored()?.status).toBe("ended");
    // Who hangs up in line was not taken out of it: else the live board and the events would say so.
    expect(s.told.filter((item) => JSON.stringify(item).includes("leave"))).toEqual([]);
    expect(s.released).toContain("finished");
    expect(s.gone()).toBe(1);
  });
});

describe("after a crash", () => {
  const resumed = async (change: (call: CallDocument) => CallDocument) => {
    const s = callStage();
    const first = s.begin(s.connect());
    await first.beginNew();
    await s.clock.advance(200);
    const document = s.stored();
    if (!document) throw new Error("not stored");
    const taken = change({ ...document, ownerEpoch: 2, owner: "proc_2" });
    s.store.documents.set("call_1", JSON.parse(JSON.stringify(taken)));
    s.sent.length = 0;
    const call = s.begin(s.connect(), taken, true);
    call.resume();
    return { s, call };
  };
  const evidence = (value: "due" | "sent" | "started") => (call: CallDocument) =>
    call.media ? { ...call, media: { ...call.media, evidence: value } } : call;

  test("what is known to have started is not said again", async () => {
    const { s } = await resumed(evidence("started"));
    await s.clock.advance(2_000);
    expect(s.sent).toEqual([]);
  });

  test("what may not have arrived is said, once the backlog has told nothing", async () => {
    for (const known of ["due", "sent"] as const) {
      const { s, call } = await resumed(evidence(known));
      await s.clock.advance(399);
      expect(s.sent).toEqual([]);
      await s.clock.advance(2);
      expect(s.sent).toEqual([[{ verb: "collect", id: `e${s.entryNow(call)}` }]]);
    }
  });

  test("the backlog's proof that it runs is enough", async () => {
    const { s, call } = await resumed(evidence("due"));
    call.handle({ kind: "mediaStarted", entry: s.entryNow(call) });
    await s.clock.advance(2_000);
    expect(s.sent).toEqual([]);
  });

  test("jambonz that does not come back is asked by REST, at once after the fourth cut", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    for (let cut = 1; cut <= 4; cut += 1) {
      const connection = call.connection;
      if (!connection) throw new Error("not connected");
      call.cut(connection, 1006);
      await s.clock.advance(500);
      if (cut < 4) call.reattach(s.connect());
      await call.settled();
    }
    expect(s.rest.asked).toEqual([]);
    await s.clock.advance(600);
    expect(s.rest.asked).toEqual(["reclaim sid"]);
    expect(call.document.ownerEpoch).toBe(4);
  });

  test("a call that jambonz no longer knows is over, and everybody is told", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    s.rest.answers = ["gone"];
    const connection = call.connection;
    if (connection) call.cut(connection, 1006);
    await s.clock.advance(9_000);
    expect(s.stored()?.endedBy).toBe("lost");
    expect(s.told).toContainEqual({ ended: "network" });
  });
});

test("whatever jambonz says, in any order: each hook is answered, revisions rise one by one, nobody is left without a sound", async () => {
  const entries = fc.integer({ min: 0, max: 12 });
  const spoken = fc.oneof(
    fc.record({ kind: fc.constant("playEnded" as const), entry: entries, failed: fc.boolean() }),
    fc.record({ kind: fc.constant("collectEnded" as const), entry: entries, digits: fc.constantFrom(null, "1", "9") }),
    fc.record({
      kind: fc.constant("dialEnded" as const),
      entry: entries,
      result: fc.constantFrom("completed", "busy", "silent", "unreachable"),
      sipStatus: fc.constantFrom(180, 200, 486, null),
    }),
    fc.record({ kind: fc.constant("legRinging" as const) }),
    fc.record({ kind: fc.constant("legAnswered" as const) }),
    fc.record({ kind: fc.constant("mediaLost" as const), entry: fc.option(entries) }),
    fc.record({ kind: fc.constant("accept" as const), offer: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 30_000 }) }),
    fc.record({ kind: fc.constant("cut" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(spoken, { maxLength: 40 }), async (events) => {
      const s = callStage();
      const call = s.begin(s.connect());
      await call.beginNew();
      const hooks: (readonly Verb[])[][] = [];
      let rev = s.stored()?.rev ?? 0;
      for (const event of events) {
        // Ended and told to everybody: it has left memory, and its socket is finished. Nothing is handed to it any more.
        if (s.gone() > 0) break;
        const { answers, pending } = s.hook();
        if (event.kind === "pass") await s.clock.advance(event.ms);
        else if (event.kind === "cut") {
          const connection = call.connection;
          if (connection) call.cut(connection, 1006);
          call.reattach(s.connect());
        } else if (event.kind === "accept") {
          const target = { kind: "telephone", telephoneId: "t" } as const;
          const entry = call.document.queue?.entry ?? 0;
          const offerId = `offer_${event.offer}`;
          await call.offerAccepted({ type: "offer.accepted", entry, offerId, operatorId: "op", target }, "Op");
        } else {
          if ("entry" in event && event.kind !== "mediaLost") hooks.push(answers);
          const extra = { hook: pending, legSid: "leg", sipStatus: 180, code: "x", details: "" };
          call.handle({ ...extra, ...event } as TelephonyEvent);
        }
        await call.settled();
        const document = s.stored();
        expect(document?.rev ?? 0).toBeGreaterThanOrEqual(rev);
        rev = document?.rev ?? rev;
        if (call.document.status === "live") expect(call.document.media).not.toBeNull();
      }
      for (const answers of hooks) expect(answers.length).toBe(1);
      expect(s.errors).toEqual([]);
      const lines = call.document.traceTail.map((line) => line.seq);
      expect(lines).toEqual([...lines].sort((a, b) => a - b));
      expect(new Set(lines).size).toBe(lines.length);
    }),
    { numRuns: 60 },
  );
});
