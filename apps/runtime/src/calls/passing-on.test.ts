import { describe, expect, test } from "vitest";
import type { CallControl, PassOnTarget } from "../ports/index.ts";
import { passOnFlow } from "../routing/pass-on-flow.ts";
import { type CallStage, callStage, toTheTelephone } from "../testing/call-stage.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { deskFlow } from "../testing/desk-flow.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { LiveCall } from "./live-call.ts";
import { PASS_ON_FLOW } from "./passings.ts";

const route = (to: Exclude<PassOnTarget, { kind: "flow" }>) => ({
  ...{ flowId: PASS_ON_FLOW, flowVersionId: "ver_pass", timeZone: "Europe/Paris" },
  compiled: compiledDocument(passOnFlow(to, "queue_sales", ["en-GB"])),
});
const passOn = (to: PassOnTarget, change: Partial<Extract<CallControl, { kind: "passOn" }>> = {}): CallControl => ({
  ...{ kind: "passOn", to, place: "kept", outcome: "sold", note: "the red one" },
  ...change,
});
const asked = (control: CallControl) => ({
  ...{ companyId: "co_1", callId: "call_1", offerId: "offer_1", queueId: "queue_sales", operatorId: "op_1" },
  control,
});

/** Inès talks to the caller. */
async function talking(s: CallStage = callStage()) {
  s.answers.passOn = async (_company, _queue, to) => (to.kind === "flow" ? null : route(to));
  const call = s.begin(s.connect());
  await toTheTelephone(s, call);
  call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
  call.handle({ kind: "legAnswered", legSid: "leg" });
  await call.settled();
  await s.clock.advance(30_000);
  s.told.length = 0;
  return { s, call, dialled: call.document.leg?.entry ?? -1 };
}
const kinds = (call: LiveCall) => call.document.traceTail.map(({ kind }) => kind);

describe("a call that its operator passes on", () => {
  test("to a colleague: it is for them alone, with the place that the caller had, and the operator wraps up", async () => {
    const { s, call, dialled } = await talking();
    const control = passOn({ kind: "operator", operatorId: "op_2" });
    expect(await call.control(asked(control))).toBe("done");
    await quiet();
    const entry = call.document.queue?.entry ?? 0;
    expect(entry).toBeGreaterThan(dialled);
    expect(s.sent.at(-1)).toEqual([{ verb: "hold", id: `e${s.entryNow(call)}` }]);
    expect(s.told).toEqual([
      { leg: { kind: "ended", talkMs: 30_000 } },
      { join: "queue_sales", entry, at: "kept", named: { operatorId: "op_2", only: true } },
    ]);
    expect(s.stored()).toMatchObject({
      running: { flowVersionId: "ver_pass" },
      flowVersionId: "ver_1",
      passings: [{ operatorId: "op_1", outcome: "sold", note: "the red one" }],
    });
    expect(kinds(call)).toEqual(expect.arrayContaining(["dial.ended", "passedOn", "joinsQueue"]));
  });

  test("whom nobody takes there comes back: before everybody, and for the operator first", async () => {
    const { s, call } = await talking();
    await call.control(asked(passOn({ kind: "operator", operatorId: "op_2" })));
    await quiet();
    s.told.length = 0;
    expect(await call.unstaffed(call.document.queue?.entry ?? -1)).toBe("taken");
    await quiet();
    expect(s.told.at(-1)).toEqual({
      join: "queue_sales",
      entry: call.document.queue?.entry,
      at: "head",
      named: { operatorId: "op_1", only: false },
    });
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
  });

  test("to a number that is busy: the caller comes back in the answer of that very hook", async () => {
    const { s, call } = await talking();
    await call.control(asked(passOn({ kind: "number", number: "+33143670903" })));
    expect(s.sent.at(-1)?.[0]?.verb).toBe("dial");
    const { media } = call.document;
    expect(media?.effect).toMatchObject({ type: "dial", target: { kind: "number", number: "+33143670903" } });
    const { answers, pending } = s.hook();
    const entry = s.entryNow(call);
    call.handle({ kind: "dialEnded", entry, result: "busy", sipStatus: 486, legSid: null, hook: pending });
    await call.settled();
    await quiet();
    expect(answers[0]?.[0]?.verb).toBe("hold");
    expect(s.told.at(-1)).toMatchObject({ at: "head", named: { operatorId: "op_1", only: false } });
  });

  test("what is still said of the conversation does nothing, and asked again it is done once", async () => {
    const { s, call, dialled } = await talking();
    const control = asked(passOn({ kind: "queue", queueId: "queue_help" }, { place: "head" }));
    await call.control(control);
    await quiet();
    expect(s.told.at(-1)).toMatchObject({ join: "queue_help", at: "head" });
    const rev = s.stored()?.rev;
    const late = s.hook();
    call.handle({
      kind: "dialEnded",
      entry: dialled,
      result: "completed",
      sipStatus: 200,
      legSid: "leg",
      hook: late.pending,
    });
    call.handle({ kind: "legEnded", legSid: "leg", result: "completed", sipStatus: 200 });
    await call.settled();
    expect(late.answers).toEqual([[]]);
    expect(await call.control(control)).toBe("done");
    expect(s.stored()?.rev).toBe(rev);
    expect(s.told.filter((item) => JSON.stringify(item).includes("ended"))).toHaveLength(1);
  });

  test("is refused to who does not talk to the caller, and where there is nothing to pass it on to", async () => {
    const { call } = await talking();
    const control = passOn({ kind: "queue", queueId: "queue_help" });
    expect(await call.control({ ...asked(control), offerId: "offer_other" })).toBe("gone");
    expect(await call.control(asked(passOn({ kind: "flow", flowId: "reception" })))).toBe("nowhere");
    expect(call.document.leg?.state).toBe("talking");
  });

  test("goes into the flow that is named, with its own caller's facts, and the script stays for the next operator", async () => {
    const s = callStage();
    const { call } = await talking(s);
    s.answers.passOn = async () => ({ ...route({ kind: "switchboard" }), flowId: "desk", compiled: deskFlow() });
    await call.control(asked(passOn({ kind: "flow", flowId: "desk" })));
    expect(call.document.snapshot).toMatchObject({ flowId: "desk", node: { id: "menu" }, language: "en-GB" });
    expect(s.sent.at(-1)?.[0]?.verb).toBe("collect");
  });

  test("a process that dies between the write and the redirect leaves it to the next", async () => {
    const { s, call } = await talking();
    const before = s.sent.length;
    await call.control(asked(passOn({ kind: "operator", operatorId: "op_2" })));
    expect(s.sent.length).toBe(before + 1);
    const document = s.stored();
    if (!document?.media) throw new Error("not stored");
    call.abandon();
    const lost = { ...document, ownerEpoch: 2, media: { ...document.media, evidence: "due" as const } };
    s.store.documents.set("call_1", lost);
    const next = s.begin(s.connect(), lost, true);
    next.resume();
    await s.clock.advance(2_000);
    expect(s.sent.length).toBe(before + 2);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
  });
});

describe("an operator in conversation", () => {
  test("is silenced and heard again: the leg that is theirs, and their desk is told", async () => {
    const { s, call } = await talking();
    const mute = (muted: boolean) => call.control(asked({ kind: "mute", muted }));
    expect([await mute(true), await mute(true), await mute(false)]).toEqual(["done", "done", "done"]);
    await quiet();
    expect(s.commands.map((command) => command.kind === "mute" && [command.muted, command.legSid])).toEqual([
      [true, "leg"],
      [true, "leg"],
      [false, "leg"],
    ]);
    expect(s.told).toEqual([{ leg: { kind: "muted", muted: true } }, { leg: { kind: "muted", muted: false } }]);
  });

  test("presses keys for the caller's side, and ends the call; nobody else does", async () => {
    const { s, call } = await talking();
    expect(await call.control(asked({ kind: "digit", digit: "5" }))).toBe("done");
    expect(await call.control({ ...asked({ kind: "hangUp" }), offerId: "offer_9" })).toBe("gone");
    expect(await call.control(asked({ kind: "hangUp" }))).toBe("done");
    expect(s.commands).toEqual([{ kind: "digit", digit: "5", legSid: null }, { kind: "hangUp" }]);
    expect(kinds(call)).toContain("hungUpByOperator");
  });
});
