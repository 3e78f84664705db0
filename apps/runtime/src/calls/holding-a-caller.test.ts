import { describe, expect, test } from "vitest";
import type { CallControl } from "../ports/index.ts";
import { passOnFlow } from "../routing/pass-on-flow.ts";
import { callStage, toTheTelephone } from "../testing/call-stage.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { LiveCall } from "./live-call.ts";
import { PASS_ON_FLOW } from "./passings.ts";

const asked = (control: CallControl) => ({
  ...{ companyId: "co_1", callId: "call_1", offerId: "offer_1", queueId: "queue_sales", operatorId: "op_1" },
  control,
});
const hold = (held: boolean) => asked({ kind: "hold", held });

/** Inès talks to the caller. */
async function talking(s = callStage()) {
  s.answers.passOn = async (_company, _queue, to) =>
    to.kind === "flow"
      ? null
      : {
          ...{ flowId: PASS_ON_FLOW, flowVersionId: "ver_pass", timeZone: "Europe/Paris" },
          compiled: compiledDocument(passOnFlow(to, "queue_sales", ["en-GB"])),
        };
  const call = s.begin(s.connect());
  await toTheTelephone(s, call);
  call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
  call.handle({ kind: "legAnswered", legSid: "leg" });
  await call.settled();
  await s.clock.advance(30_000);
  s.told.length = 0;
  return { s, call, dialled: call.document.leg?.entry ?? -1 };
}

/** She has put them on hold, and their legs are apart. */
async function onHold(s = callStage()) {
  const stage = await talking(s);
  expect(await stage.call.control(hold(true))).toBe("done");
  const { answers, pending } = s.hook();
  const entry = stage.dialled;
  stage.call.handle({ kind: "dialEnded", entry, result: "completed", sipStatus: 200, legSid: "leg", hook: pending });
  await stage.call.settled();
  return { ...stage, answers };
}
const kinds = (call: LiveCall) => call.document.traceTail.map(({ kind }) => kind);

describe("a caller who is put on hold", () => {
  test("hears music in the very answer that the dial asks for, comes back into the conference, and the flow knows nothing of it", async () => {
    const { s, call, answers } = await onHold();
    expect(s.commands).toEqual([{ kind: "part", verbs: [{ verb: "room", id: "a0" }] }]);
    expect(answers).toEqual([[{ verb: "music", id: "a1" }]]);
    expect(s.stored()).toMatchObject({
      apart: { stage: "apart", held: true, legSid: "leg" },
      leg: { state: "talking" },
    });
    expect(await call.legTold("leg", "there")).toBe("taken");
    await s.clock.advance(12_000);
    expect(await call.control(hold(false))).toBe("done");
    expect(s.sent.at(-1)).toEqual([{ verb: "room", id: "a2" }]);
    await quiet();
    expect(s.told).toEqual([{ leg: { kind: "held", held: true } }, { leg: { kind: "held", held: false } }]);
    expect(call.document.traceTail.find(({ kind }) => kind === "takesBack")?.details).toMatchObject({ heldMs: 12_000 });
    expect(call.document.snapshot?.node?.id).toBe(s.stored()?.snapshot?.node?.id);
    expect(call.document.media?.effect.type).toBe("dial");
  });

  test("asked again it is done once; a second hold needs no parting", async () => {
    const { s, call } = await onHold();
    const { rev } = call.document;
    expect(await call.control(hold(true))).toBe("done");
    expect(call.document.rev).toBe(rev);
    await call.control(hold(false));
    await call.control(hold(true));
    expect(s.commands).toHaveLength(1);
    expect(s.sent.at(-1)?.[0]).toMatchObject({ verb: "music" });
  });

  test("an operator who was muted is heard again: nobody could give them their voice back later", async () => {
    const { s, call } = await talking();
    await call.control(asked({ kind: "mute", muted: true }));
    await call.control(hold(true));
    expect(s.commands.map((command) => command.kind === "mute" && command.muted)).toEqual([true, false, false]);
    expect(call.document.leg?.muted).toBe(false);
  });

  test("is hung up on by nobody when the operator's end goes: first into the line, for that operator first", async () => {
    const { s, call } = await onHold();
    await quiet();
    s.told.length = 0;
    expect(await call.legTold("leg", "over")).toBe("taken");
    await quiet();
    expect(s.told).toEqual([
      { leg: { kind: "ended", talkMs: 30_000 } },
      {
        ...{ join: "queue_sales", entry: call.document.queue?.entry },
        ...{ at: "head", named: { operatorId: "op_1", only: false } },
      },
    ]);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
    expect(call.document.apart).toBeNull();
    expect(kinds(call)).toContain("leftOnHold");
    expect(s.rest.asked).not.toContain("hangUp leg");
  });

  test("the end of a conversation in the conference is an end like every other", async () => {
    const { s, call } = await onHold();
    await call.control(hold(false));
    await quiet();
    s.told.length = 0;
    expect(await call.legTold("leg", "over")).toBe("taken");
    await quiet();
    expect(s.told).toContainEqual({ leg: { kind: "ended", talkMs: 30_000 } });
    expect(s.sent.at(-1)).toEqual([{ verb: "hangUp", id: "end" }]);
  });

  test("who hangs up while on hold leaves no operator in a conference with nobody", async () => {
    const { s, call } = await onHold();
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 40_000 });
    await call.settled();
    await quiet();
    expect(s.rest.asked).toEqual(["hangUp leg"]);
    expect(s.told).toContainEqual({ ended: "caller" });
    expect(s.stored()).toMatchObject({ status: "ended", apart: null });
    expect(await call.legTold("leg", "there")).toBe("gone");
  });

  test("may be passed on: the operator's leg is ended, and the caller goes where they were sent", async () => {
    const { s, call } = await onHold();
    const to = { kind: "queue", queueId: "queue_help" } as const;
    const control = { kind: "passOn", to, place: "kept", outcome: null, note: "" } as const;
    expect(await call.control(asked(control))).toBe("done");
    await quiet();
    expect(s.rest.asked).toEqual(["hangUp leg"]);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
    expect(s.told).toContainEqual(expect.objectContaining({ join: "queue_help" }));
  });

  test("a leg that hung up as it was being parted is the end of the conversation", async () => {
    const { s, call, dialled } = await talking();
    await call.control(hold(true));
    call.handle({ kind: "legEnded", legSid: "leg", result: "completed", sipStatus: 200 });
    const { answers, pending } = s.hook();
    call.handle({
      kind: "dialEnded",
      entry: dialled,
      result: "completed",
      sipStatus: 200,
      legSid: "leg",
      hook: pending,
    });
    await call.settled();
    expect(answers).toEqual([[{ verb: "hangUp", id: "end" }]]);
    expect(call.document.apart).toBeNull();
  });

  test("where nothing comes of it, the two go on talking and the operator sees it; a leg that comes later meets the caller", async () => {
    const { s, call } = await talking();
    await call.control(hold(true));
    await s.clock.advance(13_000);
    await call.settled();
    await quiet();
    expect(call.document.apart).toBeNull();
    expect(s.told.at(-1)).toEqual({ leg: { kind: "held", held: false } });
    expect(kinds(call)).toContain("holdFailed");
    expect(await call.legTold("leg", "there")).toBe("taken");
    expect(s.sent.at(-1)).toEqual([{ verb: "room", id: "a1" }]);
  });

  test("a process that dies at any of its steps: the next one has them hear what they should", async () => {
    for (const evidence of ["due", "sent", "started"] as const) {
      const { s, call } = await onHold();
      const document = s.stored();
      if (!document?.apart) throw new Error("not apart");
      call.abandon();
      const lost = { ...document, ownerEpoch: 2, apart: { ...document.apart, evidence } };
      s.store.documents.set("call_1", lost);
      const before = s.sent.length;
      const next = s.begin(s.connect(), lost, true);
      next.resume();
      await s.clock.advance(2_000);
      expect(s.sent.length - before).toBe(evidence === "started" ? 0 : 1);
      if (evidence !== "started") expect(s.sent.at(-1)).toEqual([{ verb: "music", id: "a1" }]);
      // The operator's leg is gone by then, and nobody heard of it.
      s.answers.legThere = false;
      s.rest.answers = ["asked", "gone"];
      await s.clock.advance(15_000);
      await next.settled();
      await quiet();
      expect(s.told.at(-1)).toMatchObject({ at: "head" });
    }
  });

  test("who falls out of what they hear hears it again", async () => {
    const { s, call } = await onHold();
    await s.clock.advance(5_000);
    call.handle({ kind: "apartStarted", turn: 1 });
    call.handle({ kind: "apartEnded", turn: 1 });
    await call.settled();
    expect(s.sent.at(-1)).toEqual([{ verb: "music", id: "a2" }]);
    const sent = s.sent.length;
    call.handle({ kind: "apartEnded", turn: 1 });
    await call.settled();
    expect(s.sent.length).toBe(sent);
  });

  test("is refused for what an operator dialled, and to who does not talk", async () => {
    const { call } = await talking();
    expect(await call.control({ ...hold(true), offerId: "offer_9" })).toBe("gone");
    expect(await call.control({ ...hold(true), offerId: null, queueId: null })).toBe("gone");
    expect(call.document.apart).toBeUndefined();
  });
});
