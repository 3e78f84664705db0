/** Whoever an operator has rung is told of the recording before they are connected; on virtual time. */
import { describe, expect, test } from "vitest";
import type { CallOrder } from "../ports/index.ts";
import { callbackFlow } from "../routing/callback-flow.ts";
import { callStage } from "../testing/call-stage.ts";
import { callbackOrder, dialOrder, LINE } from "../testing/callback-order.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { RecordingPlan } from "./model.ts";
import { blankPlacedCall } from "./placed-call.ts";

const flow = compiledDocument(JSON.parse(JSON.stringify(callbackFlow(["en-GB", "fr-FR"]))));
const always: RecordingPlan = { begins: true, byOperator: true, notice: true, days: 30 };

/** Inès has picked up, the person is rung and picks up. */
async function pickedUp(plan: RecordingPlan | null = always, of: Partial<CallOrder> | null = {}) {
  const order = of ? callbackOrder({ callId: "call_1", offerId: "offer_1", ...of }) : dialOrder({ callId: "call_1" });
  const s = callStage(flow);
  s.answers.begins = plan?.begins ?? false;
  s.answers.mayStart = plan?.byOperator ?? false;
  const route = { companyId: "co_1", lineId: "line_1", lineName: "Main", flowId: "f", flowVersionId: "ver_1" };
  const more = { compiled: flow, language: "en-GB", timeZone: "Europe/Paris", shows: LINE };
  const given = { processId: "p", now: s.clock.now() };
  const call = s.begin(null, blankPlacedCall(order, { ...route, ...more }, given, plan));
  await call.beginPlaced();
  call.attach(s.connect());
  call.handle({ kind: "placedAnswered" });
  call.handle({ kind: "legRinging", legSid: "person", sipStatus: 180 });
  call.handle({ kind: "legAnswered", legSid: "person" });
  await call.settled();
  const entry = call.document.leg?.entry ?? -1;
  const told = async (
    event: { kind: "confirmAsked" | "refusalHeard" } | { kind: "noticeHeard"; digits: string | null },
  ) => {
    const { answers, pending } = s.hook();
    call.handle({ ...event, entry, hook: pending });
    await call.settled();
    await quiet();
    return answers;
  };
  const reported = () => (s.told as { leg?: { kind: string } }[]).flatMap(({ leg }) => (leg ? [leg.kind] : []));
  const kinds = () => call.document.traceTail.map(({ kind }) => kind);
  return { s, call, entry, told, reported, kinds };
}

describe("whoever was called", () => {
  test("hears it, is connected then, and is recorded from there on; the operator's voice comes first, and is kept second", async () => {
    const { s, call, told, reported, kinds } = await pickedUp();
    expect(s.stored()?.leg).toMatchObject({ state: "ringing", telling: true, legSid: "person" });
    expect(reported()).not.toContain("answered");
    expect(await told({ kind: "confirmAsked" })).toEqual([[{ verb: "notice" }]]);
    expect(s.streamed).toEqual([]);
    expect(await told({ kind: "noticeHeard", digits: null })).toEqual([[]]);
    expect(s.stored()).toMatchObject({
      leg: { state: "talking" },
      placed: { told: true },
      recordedTalk: { state: "on", queueId: "queue_1", operatorId: "op_1", operatorName: "Inès", days: 30 },
    });
    expect(call.document.leg?.telling).toBeUndefined();
    expect(s.streamed).toEqual([
      { enable: true, url: "ws://audio", metadata: expect.objectContaining({ swapped: true }) },
    ]);
    expect(reported()).toEqual(expect.arrayContaining(["answered", "recording"]));
    expect(kinds()).toEqual(expect.arrayContaining(["tellsOfRecording", "recordsTalk"]));
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
    await call.settled();
    expect(s.told).toContainEqual({ kept: expect.stringMatching(/^rec_/), operatorName: "Inès" });
  });

  test("refuses by 9, hears that this was understood, is connected, and nothing is recorded", async () => {
    const { s, told, reported, kinds } = await pickedUp();
    s.answers.begins = false;
    await told({ kind: "confirmAsked" });
    expect(await told({ kind: "noticeHeard", digits: "9" })).toEqual([[{ verb: "refusal" }]]);
    expect(s.stored()).toMatchObject({ recordingWish: "refused", leg: { state: "ringing" } });
    expect(reported()).not.toContain("answered");
    expect(await told({ kind: "refusalHeard" })).toEqual([[]]);
    expect(s.stored()).toMatchObject({ recordingWish: "refused", leg: { state: "talking" } });
    expect(s.streamed).toEqual([]);
    expect(kinds()).toContain("refusesRecording");
  });

  test("presses another key: that is no refusal", async () => {
    const { s, told } = await pickedUp();
    await told({ kind: "confirmAsked" });
    expect(await told({ kind: "noticeHeard", digits: "5" })).toEqual([[]]);
    expect(s.stored()?.placed?.told).toBe(true);
  });

  test("of whom nothing more is heard is connected by jambonz, which is known after a while; they were not told as far as anybody knows", async () => {
    const { s, call, told } = await pickedUp();
    await told({ kind: "confirmAsked" });
    s.answers.begins = false;
    await s.clock.advance(19_000);
    await quiet();
    expect(call.document).toMatchObject({ leg: { state: "talking" } });
    expect(call.document.placed?.told).toBeUndefined();
    expect(s.streamed).toEqual([]);
    // The word that was late: told after all.
    s.answers.begins = true;
    await told({ kind: "noticeHeard", digits: null });
    expect(s.streamed).toHaveLength(1);
  });

  test("is told while the process dies: another one hears that they were, and records", async () => {
    const { s, call, entry, told } = await pickedUp();
    await told({ kind: "confirmAsked" });
    const stored = s.stored();
    if (!stored) throw new Error("not stored");
    call.abandon();
    const document = { ...stored, ownerEpoch: stored.ownerEpoch + 1 };
    s.store.documents.set("call_1", document);
    const taken = s.begin(s.connect(), document, true);
    s.rest.dialled = [{ legSid: "person", state: "talking" }];
    taken.resume();
    await taken.settled();
    await s.clock.advance(3_000);
    await quiet();
    // jambonz says that they are there, which does not mean connected.
    expect(s.stored()?.leg).toMatchObject({ state: "ringing", telling: true });
    taken.handle({ kind: "noticeHeard", entry, digits: null, hook: s.hook().pending });
    await taken.settled();
    await quiet();
    expect(s.stored()).toMatchObject({ leg: { state: "talking" }, recordedTalk: { state: "on" } });
    expect(s.streamed).toHaveLength(1);
  });

  test("hangs up meanwhile: the number did not answer", async () => {
    const { s, call, entry, told } = await pickedUp();
    await told({ kind: "confirmAsked" });
    call.handle({ kind: "legEnded", legSid: "person", result: "completed", sipStatus: 200 });
    const hook = s.hook().pending;
    call.handle({ kind: "dialEnded", entry, result: "silent", sipStatus: null, legSid: null, hook });
    await call.settled();
    expect(call.document).toMatchObject({ placed: { numberFailed: "silent" } });
    expect(await told({ kind: "noticeHeard", digits: null })).toEqual([[]]);
    expect(s.streamed).toEqual([]);
  });

  test("of a dialled call is told as well; where the company chose to tell nobody, or nothing is recorded, they are connected at once", async () => {
    const dialled = await pickedUp(always, null);
    expect(dialled.call.document.leg?.telling).toBe(true);
    for (const plan of [{ ...always, notice: false }, null]) {
      const { s, call, told } = await pickedUp(plan);
      expect(call.document.leg).toMatchObject({ state: "talking" });
      expect(s.streamed).toHaveLength(plan ? 1 : 0);
      // An older process had asked for it.
      expect(await told({ kind: "confirmAsked" })).toEqual([[]]);
    }
  });
});

describe("the operator of a call that we placed", () => {
  async function talking() {
    const stage = await pickedUp();
    await stage.told({ kind: "confirmAsked" });
    await stage.told({ kind: "noticeHeard", digits: null });
    return stage;
  }
  const hold = (held: boolean) => ({
    ...{ companyId: "co_1", callId: "call_1", offerId: "offer_1", queueId: "queue_1", operatorId: "op_1" },
    control: { kind: "hold", held } as const,
  });

  test("pauses the recording and goes on with it", async () => {
    const { s, call } = await talking();
    expect(await call.recordTalk("pause")).toBe("paused");
    expect(s.streamed.at(-1)).toEqual({ enable: false });
    expect(await call.recordTalk("resume")).toBe("on");
    expect(s.streamed.at(-1)).toMatchObject({ enable: true });
  });

  test("begins it where they may", async () => {
    const { s, call, told } = await pickedUp({ ...always, begins: false });
    await told({ kind: "confirmAsked" });
    await told({ kind: "noticeHeard", digits: null });
    expect(s.streamed).toEqual([]);
    expect(await call.recordTalk("start")).toBe("on");
    expect(s.streamed).toHaveLength(1);
  });

  test("holds the person: the music is not recorded; taken back, it is sent from the person's leg, the voices in their order", async () => {
    const { s, call, entry } = await talking();
    expect(await call.control(hold(true))).toBe("done");
    expect(s.streamed.slice(1)).toEqual([{ enable: false }]);
    const end = { entry, result: "completed", sipStatus: 200, legSid: "person", hook: s.hook().pending } as const;
    call.handle({ kind: "dialEnded", ...end });
    await call.settled();
    expect(await call.turned("person")).toBe("taken");
    const stored = s.stored();
    if (!stored) throw new Error("not stored");
    const document = { ...stored, ownerEpoch: stored.ownerEpoch + 1 };
    s.store.documents.set("call_1", document);
    const connection = { ...s.connect(), facts: { ...s.connect().facts, callSid: "person" } };
    const taken = s.begin(connection, document, true);
    taken.resume();
    await taken.settled();
    await s.clock.advance(3_000);
    await quiet();
    expect(s.streamed).toHaveLength(2);
    expect(await taken.control(hold(false))).toBe("done");
    await quiet();
    const id = stored.recordedTalk?.recordingId;
    expect(s.streamed.slice(2)).toEqual([
      { enable: true, url: "ws://audio", metadata: { recordingId: id, epoch: document.ownerEpoch } },
    ]);
    expect(taken.document.recordedTalk?.moved).toBeUndefined();
    await s.clock.advance(3_000);
  });
});
