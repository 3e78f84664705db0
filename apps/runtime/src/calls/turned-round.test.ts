/** Calls whose operator was rung first, on virtual time: what is done with them before and after the person is at our end of the line. */
import { describe, expect, test } from "vitest";
import type { CallControl } from "../ports/index.ts";
import { callbackFlow } from "../routing/callback-flow.ts";
import { passOnFlow } from "../routing/pass-on-flow.ts";
import { callStage } from "../testing/call-stage.ts";
import { callbackOrder, dialOrder, LINE } from "../testing/callback-order.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { LiveCall } from "./live-call.ts";
import { PASS_ON_FLOW } from "./passings.ts";
import { blankPlacedCall } from "./placed-call.ts";

const flow = compiledDocument(JSON.parse(JSON.stringify(callbackFlow(["en-GB", "fr-FR"]))));
const made = { callback: callbackOrder, dialled: dialOrder };

/** Inès talks to the person whom we rang after her. */
async function talking(what: keyof typeof made = "callback") {
  const order = made[what]({ callId: "call_1", offerId: what === "callback" ? "offer_1" : null });
  const s = callStage(flow);
  s.answers.passOn = async (_company, _queue, to) =>
    to.kind === "flow"
      ? null
      : {
          ...{ flowId: PASS_ON_FLOW, flowVersionId: "ver_pass", timeZone: "Europe/Paris" },
          compiled: compiledDocument(passOnFlow(to, "queue_1", ["en-GB"])),
        };
  const route = { companyId: "co_1", lineId: "line_1", lineName: "Main", flowId: "f", flowVersionId: "ver_1" };
  const more = { compiled: flow, language: "en-GB", timeZone: "Europe/Paris", shows: LINE };
  const call = s.begin(null, blankPlacedCall(order, { ...route, ...more }, { processId: "p", now: s.clock.now() }));
  await call.beginPlaced();
  call.attach(s.connect());
  call.handle({ kind: "placedAnswered" });
  call.handle({ kind: "legRinging", legSid: "person", sipStatus: 180 });
  call.handle({ kind: "legAnswered", legSid: "person" });
  await call.settled();
  await s.clock.advance(30_000);
  s.told.length = 0;
  const { offerId } = order;
  const asks = (control: CallControl) => ({
    ...{ companyId: "co_1", callId: "call_1", offerId, queueId: "queue_1", operatorId: "op_1" },
    control,
  });
  const dialEnded = async (of: LiveCall, result: "completed" = "completed") => {
    const { answers, pending } = s.hook();
    const entry = call.document.leg?.entry ?? -1;
    of.handle({ kind: "dialEnded", entry, result, sipStatus: 200, legSid: "person", hook: pending });
    await of.settled();
    return answers;
  };
  /** The call as whoever has the person's socket takes it up. */
  const takenUp = () => {
    const stored = s.stored();
    if (!stored) throw new Error("not stored");
    const document = { ...stored, ownerEpoch: stored.ownerEpoch + 1 };
    s.store.documents.set("call_1", document);
    const connection = { ...s.connect(), facts: { ...s.connect().facts, callSid: "person" } };
    const taken = s.begin(connection, document, true);
    taken.resume();
    return taken;
  };
  return { s, call, asks, dialEnded, takenUp };
}

/** She has put them on hold, and they are at our end of the line. */
async function turned(what: keyof typeof made = "callback") {
  const stage = await talking(what);
  expect(await stage.call.control(stage.asks({ kind: "hold", held: true }))).toBe("done");
  await stage.dialEnded(stage.call);
  expect(await stage.call.turned("person")).toBe("taken");
  const call = stage.takenUp();
  await quiet();
  stage.s.sent.length = 0;
  stage.s.commands.length = 0;
  stage.s.rest.asked.length = 0;
  return { ...stage, call, old: stage.call };
}

const hold = (held: boolean) => ({ kind: "hold", held }) as const;
const passOn = (to: { kind: "queue"; queueId: string } | { kind: "operator"; operatorId: string }) =>
  ({ kind: "passOn", to, place: "kept", outcome: null, note: "" }) as const;

describe("the person whom the operator had rung", () => {
  test("is parted into music, the operator into the conference; then the call is of the person's leg, and this process lets go of it", async () => {
    const { s, call, asks, dialEnded } = await talking();
    expect(await call.control(asks(hold(true)))).toBe("done");
    const music = [
      { verb: "config", notifyEvents: true },
      { verb: "music", id: "a0" },
    ];
    expect(s.commands).toEqual([{ kind: "part", verbs: music }]);
    expect(await dialEnded(call)).toEqual([[{ verb: "room", id: "a0" }]]);
    expect(s.stored()).toMatchObject({ callSid: "sid", apart: { stage: "parting", held: true } });
    expect(await call.turned("another leg")).toBe("gone");
    expect(await call.turned("person")).toBe("taken");
    const { callSid, leg, apart, placed } = s.stored() ?? {};
    expect({ callSid, leg: leg?.legSid, placed: placed?.turned }).toEqual({
      callSid: "person",
      leg: "sid",
      placed: true,
    });
    expect(apart).toMatchObject({ stage: "apart", legSid: "sid", held: true, evidence: "started" });
    // The operator came into the conference by the dial's own hook.
    expect(apart?.asker).toBeUndefined();
    expect(await call.control(asks(hold(false)))).toBe("unowned");
  });

  test("hears music although the operator's dial was not heard of any more: whoever has the call then brings the operator in", async () => {
    const { s, call, asks, takenUp } = await talking();
    await call.control(asks(hold(true)));
    expect(await call.turned("person")).toBe("taken");
    takenUp();
    await quiet();
    expect(s.rest.asked).toContain("redirect sid: room");
  });

  test.each(["callback", "dialled"] as const)(
    "of a %s is taken back, and muted by the operator's own leg",
    async (what) => {
      const { s, call, asks } = await turned(what);
      expect(await call.control(asks(hold(false)))).toBe("done");
      expect(s.sent.at(-1)).toEqual([{ verb: "room", id: "a1" }]);
      expect(await call.control(asks({ kind: "mute", muted: true }))).toBe("done");
      expect(await call.control(asks({ kind: "digit", digit: "5" }))).toBe("done");
      expect(s.rest.asked).toContain("mute sid");
      expect(s.commands).toEqual([{ kind: "digit", digit: "5", legSid: null }]);
      await quiet();
      expect(s.told).toContainEqual({ leg: { kind: "held", held: false } });
    },
  );

  test.each(["callback", "dialled"] as const)(
    "of a %s is passed on at once: first music, then the line",
    async (what) => {
      const { s, call, asks, takenUp, dialEnded } = await talking(what);
      const queue = passOn({ kind: "queue", queueId: "queue_help" });
      expect(await call.control(asks(queue))).toBe("unowned");
      expect(s.commands).toMatchObject([{ kind: "part" }]);
      await dialEnded(call);
      expect(await call.turned("person")).toBe("taken");
      const now = takenUp();
      await now.settled();
      expect(await now.control(asks(queue))).toBe("done");
      expect(await now.control(asks(queue))).toBe("done");
      await quiet();
      expect(s.told).toContainEqual({ leg: { kind: "ended", talkMs: 30_000 } });
      expect(s.told).toContainEqual(expect.objectContaining({ join: "queue_help", at: "kept" }));
      expect(s.rest.asked).toContain("hangUp sid");
      expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
      // A caller like others from now on: that they hang up is told of them, and of no offer.
      now.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 40_000 });
      await now.settled();
      await quiet();
      expect(s.told.at(-1)).toEqual({ ended: "caller" });
    },
  );

  test.each(["callback", "dialled"] as const)(
    "of a %s, left on hold, comes back to the operator, first in line",
    async (what) => {
      const { s, call } = await turned(what);
      expect(await call.legTold("sid", "over")).toBe("taken");
      await quiet();
      expect(s.told).toContainEqual(
        expect.objectContaining({ join: "queue_1", at: "head", named: { operatorId: "op_1", only: false } }),
      );
      expect(call.document.placed).toMatchObject({ inLine: true, toldOver: true });
    },
  );

  test("in the conference: the operator's end is that of the call", async () => {
    const { s, call, asks } = await turned();
    await call.control(asks(hold(false)));
    expect(await call.legTold("sid", "over")).toBe("taken");
    await quiet();
    expect(s.told).toContainEqual({ leg: { kind: "ended", talkMs: 30_000 } });
    expect(s.sent.at(-1)).toEqual([{ verb: "hangUp", id: "end" }]);
  });

  test("hangs up while being parted, or nothing comes of it: no operator is left alone", async () => {
    const gone = await talking();
    await gone.call.control(gone.asks(hold(true)));
    expect(await gone.call.legTold("person", "over")).toBe("taken");
    await quiet();
    expect(gone.s.told).toContainEqual({ leg: { kind: "ended", talkMs: 30_000 } });
    const failed = await talking();
    await failed.call.control(failed.asks(hold(true)));
    await failed.s.clock.advance(13_000);
    await quiet();
    expect(failed.s.told.at(-1)).toEqual({ leg: { kind: "held", held: false } });
    expect(failed.call.document.apart).toBeNull();
  });

  test("is given to who was asked first; what is done with them is theirs from then on", async () => {
    const { s, call, asks } = await turned("dialled");
    s.rest.place = async () => ({ kind: "placed", callSid: "tom" });
    const to = { kind: "operator", operatorId: "op_2" } as const;
    expect(await call.control(asks({ kind: "consult", to, outcome: null, note: "" }))).toBe("done");
    const entry = call.document.consult?.entry ?? -1;
    const target = { kind: "telephone", telephoneId: "tel_13" } as const;
    await call.offerAccepted({ type: "offer.accepted", entry, offerId: "offer_2", operatorId: "op_2", target }, "Tom");
    await quiet();
    await call.consultTold(entry, "tom", { what: "there" });
    expect(await call.control(asks({ kind: "completeConsult", outcome: null, note: "" }))).toBe("done");
    await quiet();
    expect(s.rest.asked).toContain("hangUp sid");
    expect(call.document).toMatchObject({ leg: { offerId: "offer_2", legSid: "tom" }, placed: { inLine: true } });
    expect(await call.control(asks(hold(true)))).toBe("gone");
    expect(await call.control({ ...asks(hold(true)), offerId: "offer_2" })).toBe("done");
  });
});
