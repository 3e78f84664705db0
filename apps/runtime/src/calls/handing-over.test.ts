import { describe, expect, test } from "vitest";
import { callStage, toTheTelephone } from "../testing/call-stage.ts";
import { quiet } from "../testing/virtual-clock.ts";

async function referring() {
  const s = callStage();
  s.answers.handsOver = true;
  const connection = s.connect();
  const call = s.begin(connection);
  await toTheTelephone(s, call);
  const entry = call.document.leg?.entry ?? -1;
  const place = call.document.queue?.entry;
  const progress = async (status: number) => {
    const { answers, pending } = s.hook();
    call.handle({ kind: "referProgress", entry, status, hook: pending });
    await call.settled();
    return answers;
  };
  const ended = async (status: number, final: number | null) => {
    const { answers, pending } = s.hook();
    call.handle({ kind: "referEnded", entry, status, final, hook: pending });
    await call.settled();
    await quiet();
    return answers;
  };
  const kinds = () => call.document.traceTail.map(({ kind }) => kind);
  const legs = () => (s.told as { leg?: unknown }[]).flatMap(({ leg }) => leg ?? []);
  return { s, call, connection, entry, place, progress, ended, kinds, legs };
}

describe("a caller who is handed to the exchange", () => {
  test("is with the operator, and our end is hung up", async () => {
    const r = await referring();
    expect(r.s.stored()?.leg).toMatchObject({ way: "refer", operatorId: "op_1", state: "dialling" });
    expect(await r.progress(180)).toEqual([[]]);
    expect(r.call.document.leg?.state).toBe("ringing");
    expect(await r.progress(200)).toEqual([[]]);
    expect(r.s.sent.at(-1)?.[0]?.verb).toBe("hangUp");
    // What follows of the same news asks nothing.
    expect(await r.ended(202, 200)).toEqual([[]]);
    expect(r.kinds()).toContain("handedOver");
    r.call.handle({ kind: "callerGone", by: "us", sipStatus: 200, durationMs: 9_000 });
    await r.call.settled();
    await quiet();
    expect(r.legs()).toEqual([{ kind: "ringing" }, { kind: "handedOver" }]);
    expect(r.s.told.at(-1)).toEqual({ ended: "us" });
    expect(r.s.stored()).toMatchObject({ status: "ended", endedBy: "us" });
  });

  test("is with the operator too where only the end of it is told, and hangs up in its hook", async () => {
    const r = await referring();
    const answers = await r.ended(202, 200);
    expect(answers.map(([verb]) => verb?.verb)).toEqual(["hangUp"]);
    expect(r.legs()).toEqual([{ kind: "handedOver" }]);
  });

  test.each([
    [202, 486, "busy"],
    [202, 480, "silent"],
    [202, 404, "unreachable"],
    [603, null, "unreachable"],
  ] as const)("is back at the same place when the exchange says %i, then %s", async (status, final, result) => {
    const r = await referring();
    const answers = await r.ended(status, final);
    expect(answers.map(([verb]) => verb?.verb)).toEqual(["hold"]);
    expect(r.call.document.leg).toBeNull();
    expect(r.call.document.queue?.entry).toBe(r.place);
    expect(r.legs()).toEqual([{ kind: "failed", result }]);
    expect(r.kinds()).toContain("referFailed");
  });

  test("who hears nothing more of it is back in line when its time is up", async () => {
    const r = await referring();
    await r.progress(180);
    expect(await r.ended(202, null)).toEqual([[]]);
    expect(r.call.document.leg?.state).toBe("ringing");
    await r.s.clock.advance(60_000);
    expect(r.call.document.leg).toBeNull();
    expect(r.call.document.queue?.entry).toBe(r.place);
    expect(r.s.sent.at(-1)?.[0]?.verb).toBe("hold");
    // The exchange's telephone is the exchange's: nobody is asked to hang up.
    expect(r.legs()).toEqual([{ kind: "ringing" }, { kind: "failed", result: "unreachable" }]);
  });

  test("whose connection goes while the exchange tries is with the operator, as far as anybody knows", async () => {
    const r = await referring();
    await r.progress(180);
    r.call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 9_000 });
    await r.call.settled();
    await quiet();
    expect(r.legs()).toEqual([{ kind: "ringing" }, { kind: "handedOver" }]);
    expect(r.call.document.traceTail.find(({ kind }) => kind === "handedOver")?.details).toMatchObject({
      confirmed: false,
    });
  });

  test("who hangs up before the exchange took them on is gone, and the operator free", async () => {
    const r = await referring();
    r.call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 9_000 });
    await r.call.settled();
    await quiet();
    expect(r.legs()).toEqual([]);
    expect(r.s.told.at(-1)).toEqual({ ended: "caller" });
  });

  test("whose connection goes while nobody listened is with the operator, once the exchange had been asked", async () => {
    const r = await referring();
    r.call.cut(r.connection, 1006);
    r.call.reattach(r.s.connect());
    await r.call.settled();
    r.call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 9_000 });
    await r.call.settled();
    await quiet();
    expect(r.legs()).toEqual([{ kind: "handedOver" }]);
  });

  test("is not sent on twice after a cut, while the exchange tries", async () => {
    const r = await referring();
    await r.progress(180);
    const before = r.s.sent.length;
    r.call.cut(r.connection, 1006);
    r.call.reattach(r.s.connect());
    await r.s.clock.advance(10_000);
    expect(r.s.sent.length).toBe(before);
    expect(r.call.document.leg?.state).toBe("ringing");
  });
});
