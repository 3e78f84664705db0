import { describe, expect, test } from "vitest";
import type { ConsultTarget, PlacingAnswer } from "../ports/index.ts";
import { asked, dialEnds, hold, settle, takenOver, talking } from "../testing/held-talk.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { LiveCall } from "./live-call.ts";

const consult = (to: ConsultTarget) => asked({ kind: "consult", to, outcome: "sold", note: "about the bill" });
const theo = { kind: "operator", operatorId: "op_2" } as const;
const number = { kind: "number", number: "+33155555555" } as const;
const give = asked({ kind: "completeConsult", outcome: "sold", note: "about the bill" });
const end = asked({ kind: "endConsult" });

/** She asks somebody; the legs are apart. */
async function asking(to: ConsultTarget) {
  const stage = await talking();
  const { s, call } = stage;
  s.rest.place = async () => ({ kind: "placed", callSid: "other" });
  expect(await call.control(consult(to))).toBe("done");
  await dialEnds(stage);
  await call.legTold("leg", "there");
  await settle(call);
  return { ...stage, entry: call.document.consult?.entry ?? -1 };
}
/** Théo has accepted, and his telephone is called. */
async function accepted(stage: Awaited<ReturnType<typeof asking>>) {
  const { call, entry } = stage;
  const event = { type: "offer.accepted", entry, offerId: "offer_2", operatorId: "op_2" } as const;
  const target = { kind: "telephone", telephoneId: "tel_2" } as const;
  expect(await call.offerAccepted({ ...event, target }, "Théo")).toBe("taken");
  await settle(call);
  return stage;
}
async function speaking(to: ConsultTarget = theo) {
  const stage = await asking(to);
  if (to.kind === "operator") await accepted(stage);
  const { s, call, entry } = stage;
  expect(await call.consultTold(entry, "other", { what: "rings" })).toBe("taken");
  expect(await call.consultTold(entry, "other", { what: "there" })).toBe("taken");
  await settle(call);
  await quiet();
  s.told.length = 0;
  s.rest.asked.length = 0;
  return stage;
}
/** A promise that is kept when the test says so. */
function later<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((kept) => {
    resolve = kept;
  });
  return { promise, resolve: (value: Value) => resolve(value) };
}
const kinds = (call: LiveCall) => call.document.traceTail.map(({ kind }) => kind);

describe("a colleague who is asked first", () => {
  test("has the call offered as being asked, with what was chosen and noted; the caller hears music, the operator that it rings", async () => {
    const { s, call, entry } = await asking(theo);
    expect(s.told).toContainEqual({
      ...{ join: "queue_sales", entry, at: "head", named: { operatorId: "op_2", only: true } },
      consultedBy: expect.objectContaining({ operatorId: "op_1", outcome: "sold", note: "about the bill" }),
    });
    expect(s.told).toContainEqual({
      leg: { kind: "consult", consult: expect.objectContaining({ to: theo, state: "offered" }) },
    });
    expect(call.document.apart).toMatchObject({ held: true, stage: "apart" });
    expect(s.rest.asked).toEqual(["redirect leg: ringing"]);
    expect(call.document.snapshot?.nextEntry).toBe(entry + 1);
  });

  test("accepts, and their telephone is called, once; picked up, the two are in the conference and the caller is not", async () => {
    const stage = await accepted(await asking(theo));
    const { s, call, entry } = stage;
    await accepted(stage);
    expect(s.rest.asked.filter((one) => one.startsWith("call "))).toEqual([`call telephone call_1.consult.${entry}`]);
    await call.consultTold(entry, "other", { what: "rings" });
    await call.consultTold(entry, "other", { what: "there" });
    await settle(call);
    expect(s.told.slice(-4)).toEqual([
      { leg: { kind: "ringing" } },
      { leg: { kind: "consult", consult: expect.objectContaining({ state: "ringing", operatorId: "op_2" }) } },
      { leg: { kind: "answered" } },
      { leg: { kind: "consult", consult: expect.objectContaining({ state: "talking" }) } },
    ]);
    expect(s.rest.asked.slice(-2).sort()).toEqual(["redirect leg: room", "redirect other: room"]);
    expect(s.sent.at(-1)?.[0]?.verb).not.toBe("room");
    expect(call.document.apart?.held).toBe(true);
  });

  test("has the caller when it is completed: the operator's leg is ended, their conversation too, and the colleague's goes on as any", async () => {
    const { s, call } = await speaking();
    await s.clock.advance(10_000);
    s.rest.asked.length = 0;
    expect(await call.control(give)).toBe("done");
    expect(await call.control(give)).toBe("done");
    await settle(call);
    expect(s.sent.at(-1)).toEqual([{ verb: "room", id: "a2" }]);
    expect(s.rest.asked).toEqual(["hangUp leg"]);
    expect(s.told).toEqual([
      { leg: { kind: "ended", talkMs: 40_000 } },
      { leg: { kind: "consult", consult: null } },
      { leg: { kind: "given", from: expect.objectContaining({ operatorId: "op_1", note: "about the bill" }) } },
    ]);
    expect(call.document.leg).toMatchObject({ offerId: "offer_2", operatorName: "Théo", legSid: "other" });
    expect(call.document.passings?.at(-1)).toMatchObject({ to: theo, note: "about the bill" });
    expect(call.document.dismissed).toEqual([]);
    // The colleague holds the caller, and hangs up: first into the line, for them.
    expect(await call.control(hold(true, "offer_2"))).toBe("done");
    expect(s.sent.at(-1)).toEqual([{ verb: "music", id: "a3" }]);
    expect(await call.consultTold(call.document.leg?.consulted ?? -1, "other", { what: "over" })).toBe("taken");
    await settle(call);
    expect(s.told.at(-1)).toMatchObject({ at: "head", named: { operatorId: "op_2", only: false } });
  });

  test("and hangs up: the flow goes on, everything that is owed is told, and the call is over", async () => {
    const { s, call, entry } = await speaking();
    await call.control(give);
    await settle(call);
    expect(await call.consultTold(entry, "other", { what: "over" })).toBe("taken");
    await settle(call);
    expect(s.sent.at(-1)).toEqual([{ verb: "hangUp", id: "end" }]);
    call.handle({ kind: "callerGone", by: "us", sipStatus: 200, durationMs: 60_000 });
    await settle(call);
    await s.clock.advance(1_000);
    await settle(call);
    expect(s.stored()).toMatchObject({ status: "ended", outbox: [] });
  });

  test("and the caller and the operator are together when the caller is taken back, and apart again when held; the operator may leave", async () => {
    const { s, call } = await speaking();
    expect(await call.control(hold(false))).toBe("done");
    expect(s.sent.at(-1)?.[0]?.verb).toBe("room");
    expect(kinds(call)).toContain("together");
    expect(await call.control(hold(true))).toBe("done");
    expect(s.sent.at(-1)?.[0]?.verb).toBe("music");
    expect(await call.control(hold(false))).toBe("done");
    // Nobody is moved in the conference for it.
    expect(s.rest.asked).toEqual([]);
    expect(await call.legTold("leg", "over")).toBe("taken");
    await settle(call);
    expect(call.document.leg).toMatchObject({ offerId: "offer_2", legSid: "other" });
    expect(call.document.status).toBe("live");
    expect(s.sent.at(-1)?.[0]?.verb).toBe("room");
  });

  test("is sent away again: the operator is with the caller at once, and the colleague's telephone is hung up", async () => {
    const { s, call } = await speaking();
    await s.clock.advance(5_000);
    expect(await call.control(end)).toBe("done");
    await settle(call);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("room");
    expect(s.rest.asked).toContain("hangUp other");
    expect(s.told).toContainEqual({ leg: { kind: "ended", talkMs: 5_000 } });
    expect(call.document).toMatchObject({ consult: null, apart: { held: false }, leg: { offerId: "offer_1" } });
    expect(kinds(call)).toContain("consultEnded");
  });

  test("is not rung any more when they are called off, also where jambonz' answer comes later; the operator hears the caller", async () => {
    const stage = await asking(theo);
    const { s, call } = stage;
    const placed = later<PlacingAnswer>();
    s.rest.place = () => placed.promise;
    await accepted(stage);
    s.answers.legThere = true;
    s.rest.asked.length = 0;
    expect(await call.control(end)).toBe("done");
    await settle(call);
    expect(s.told.at(-2)).toMatchObject({ leave: stage.entry });
    expect(s.rest.asked).toEqual(["redirect leg: room"]);
    placed.resolve({ kind: "placed", callSid: "other" });
    await settle(call);
    expect(s.rest.asked).toContain("hangUp other");
    expect(await call.consultTold(stage.entry, "other", { what: "there" })).toBe("gone");
  });

  test.each([
    [
      "refused",
      async ({ call, entry }: Awaited<ReturnType<typeof asking>>): Promise<void> => {
        await call.unstaffed(entry);
      },
    ],
    [
      "busy",
      async (stage: Awaited<ReturnType<typeof asking>>) => {
        await accepted(stage);
        await stage.call.consultTold(stage.entry, "other", { what: "missed", result: "busy" });
      },
    ],
    [
      "silent",
      async (stage: Awaited<ReturnType<typeof asking>>) => {
        await accepted(stage);
        await stage.call.consultTold(stage.entry, "other", { what: "rings" });
        await stage.s.clock.advance(41_000);
      },
    ],
    [
      "unreachable",
      async (stage: Awaited<ReturnType<typeof asking>>) => {
        stage.s.rest.place = async () => ({ kind: "refused", why: "no" });
        await accepted(stage);
      },
    ],
    [
      "left",
      async (stage: Awaited<ReturnType<typeof asking>>) => {
        await accepted(stage);
        await stage.call.consultTold(stage.entry, "other", { what: "there" });
        await settle(stage.call);
        await stage.call.consultTold(stage.entry, "other", { what: "over" });
      },
    ],
  ] as const)(
    "who cannot or will not (%s): the operator hears it, sees it, and decides what becomes of the caller",
    async (why, happens) => {
      const stage = await asking(theo);
      const { s, call } = stage;
      await happens(stage);
      await settle(call);
      await quiet();
      expect(call.document.consult).toMatchObject({ stage: "failed", why });
      expect(s.rest.asked.filter((one) => one.startsWith("redirect leg")).at(-1)).toBe(`redirect leg: ${why}`);
      expect(s.told).toContainEqual({
        leg: { kind: "consult", consult: expect.objectContaining({ state: "failed", why }) },
      });
      expect(call.document.apart?.held).toBe(true);
      expect(kinds(call)).toContain("consultFailed");
      // Somebody else may be asked at once, or the caller taken back.
      s.rest.asked.length = 0;
      expect(await call.control(end)).toBe("done");
      await settle(call);
      expect(s.sent.at(-1)?.[0]?.verb).toBe("room");
      expect(s.rest.asked).toEqual([]);
    },
  );

  test("may leave by themselves and be silent, and does nothing else to the caller", async () => {
    const { s, call } = await speaking();
    expect(await call.control(asked({ kind: "mute", muted: true }, "offer_2"))).toBe("done");
    expect(s.rest.asked).toEqual(["mute other"]);
    expect(await call.control(asked({ kind: "digit", digit: "1" }, "offer_2"))).toBe("gone");
    expect(await call.control(hold(false, "offer_2"))).toBe("gone");
    expect(await call.control(asked({ kind: "hangUp" }, "offer_2"))).toBe("done");
    await settle(call);
    expect(call.document.consult).toMatchObject({ stage: "failed", why: "left" });
    expect(s.rest.asked).toContain("hangUp other");
    expect(call.document.status).toBe("live");
  });
});

describe("a number that is asked first", () => {
  test("is called, and has the caller when it is completed; its end is that of the call", async () => {
    const { s, call, entry } = await speaking(number);
    expect(call.document.consult?.taken).toBeNull();
    expect(await call.control(give)).toBe("done");
    await settle(call);
    expect(call.document.leg).toMatchObject({ offerId: null, operatorId: null, legSid: "other" });
    expect(call.document.passings?.at(-1)?.to).toEqual(number);
    expect(await call.consultTold(entry, "other", { what: "over" })).toBe("taken");
    await settle(call);
    expect(s.sent.at(-1)).toEqual([{ verb: "hangUp", id: "end" }]);
  });

  test("only one is asked at a time, and none is given the caller before they talk", async () => {
    const { call } = await asking(number);
    expect(await call.control(consult(number))).toBe("done");
    expect(await call.control(consult(theo))).toBe("asking");
    expect(await call.control(give)).toBe("notYet");
    expect(await call.control({ ...consult(theo), offerId: "offer_9" })).toBe("gone");
  });
});

describe("whoever hangs up meanwhile", () => {
  test("the caller: whoever is asked and the operator are hung up, and the call centre knows", async () => {
    const { s, call } = await speaking();
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 40_000 });
    await settle(call);
    expect([...s.rest.asked].sort()).toEqual(["hangUp leg", "hangUp other"]);
    expect(s.told).toContainEqual({ ended: "caller" });
    expect(s.stored()).toMatchObject({ status: "ended", consult: null, apart: null });
  });

  test("the operator, with the caller on hold: first into the line, for that operator first, and the colleague is free", async () => {
    const { s, call } = await speaking();
    expect(await call.legTold("leg", "over")).toBe("taken");
    await settle(call);
    expect(s.told.filter((item) => JSON.stringify(item).includes('"ended"'))).toHaveLength(2);
    expect(s.told).toContainEqual(
      expect.objectContaining({ at: "head", named: { operatorId: "op_1", only: false }, join: "queue_sales" }),
    );
    expect(s.rest.asked).toContain("hangUp other");
    expect(call.document.consult).toBeNull();
  });
});

describe("a process that dies", () => {
  test("before the telephone was called: the next one calls it; after jambonz may have been asked: nobody calls it twice", async () => {
    const stage = await asking(theo);
    const { s } = stage;
    const placed = later<PlacingAnswer>();
    s.rest.place = () => placed.promise;
    await accepted(stage);
    expect(s.stored()?.consult?.stage).toBe("asked");
    const next = await takenOver(s, stage.call);
    placed.resolve({ kind: "placed", callSid: "other" });
    const calls = () => s.rest.asked.filter((one) => one.startsWith("call "));
    expect(calls()).toHaveLength(1);
    expect(await next.consultTold(stage.entry, "other", { what: "there" })).toBe("taken");
    await settle(next);
    expect(s.rest.asked).toContain("redirect other: room");
    const due = { ...stage, call: next };
    expect(due.call.document.consult?.roomed).toBe(true);
  });

  test("as whoever is asked picks up: the leg whose socket nobody has is asked for by REST once jambonz says that it talks, and not while it rings", async () => {
    const { s, call, entry } = await accepted(await asking(theo));
    await call.consultTold(entry, "other", { what: "rings" });
    const next = await takenOver(s, call);
    s.answers.legThere = false;
    s.answers.legState = "ringing";
    s.rest.asked.length = 0;
    await s.clock.advance(3_500);
    expect(s.rest.asked).not.toContain("reclaim other");
    s.answers.legState = "talking";
    await s.clock.advance(3_000);
    expect(s.rest.asked).toContain("reclaim other");
    expect(next.document.consult?.stage).toBe("ringing");
    // Or they have hung up, and nobody heard of it.
    s.answers.legState = "over";
    await s.clock.advance(3_000);
    expect(next.document.consult).toMatchObject({ stage: "failed", why: "silent" });
  });

  test("before somebody was told where they belong: the next one tells them", async () => {
    const { s, call, entry } = await accepted(await asking(theo));
    s.answers.legThere = false;
    s.rest.answers = ["unavailable", "unavailable", "unavailable", "unavailable"];
    await call.consultTold(entry, "other", { what: "there" });
    await settle(call);
    expect(call.document.apart?.asker).toEqual({ hears: "room", evidence: "due" });
    const next = await takenOver(s, call);
    s.rest.asked.length = 0;
    s.answers.legThere = true;
    await s.clock.advance(3_500);
    await settle(next);
    expect([...s.rest.asked].sort()).toEqual(expect.arrayContaining(["redirect leg: room", "redirect other: room"]));
    expect(next.document.apart?.asker?.evidence).toBe("sent");
  });

  test("before a leg was hung up: the next one does it", async () => {
    const { s, call } = await speaking();
    s.answers.legThere = false;
    s.rest.answers = ["unavailable", "unavailable"];
    await call.control(give);
    await settle(call);
    expect(call.document.dismissed).toEqual(["leg"]);
    s.answers.legThere = true;
    s.rest.asked.length = 0;
    const next = await takenOver(s, call);
    await s.clock.advance(3_500);
    await settle(next);
    expect(s.rest.asked).toContain("hangUp leg");
    expect(next.document.dismissed).toEqual([]);
  });

  test("and whoever is asked is gone when the next one has the call: they are not waited for", async () => {
    const { s, call } = await speaking();
    const next = await takenOver(s, call);
    s.answers.legThere = false;
    s.rest.answers = Array.from({ length: 9 }, () => "gone" as const);
    await s.clock.advance(24_000);
    await settle(next);
    // The operator's leg is gone as well, of which the watch hears first: the caller waits before everybody.
    expect(next.document.consult).toBeNull();
    expect(s.told).toContainEqual(expect.objectContaining({ at: "head" }));
  });
});
