import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";

const help = { id: "help", operatorIds: ["ines", "paul", "zoe"] };

/** Two calls wait, the one of sales longer; who is served first? */
function servedFirst(centre: CallCentre): string {
  const [first] = ["call_sales", "call_help"];
  centre.signsIn("ines");
  return centre.whoHas(first ?? "") === "ines" ? "call_sales" : "call_help";
}

describe("which call an operator of several queues gets", () => {
  test("that of the queue with the higher priority, though another has waited longer", () => {
    const centre = new CallCentre({}, { ...help, priority: 10 });
    centre.joins("call_sales");
    centre.later(60_000).joins("call_help", { queueIds: ["help"] });
    expect(servedFirst(centre)).toBe("call_help");
  });

  test("a call's own priority is added to its queue's", () => {
    const centre = new CallCentre({}, { ...help, priority: 10 });
    centre.joins("call_sales", { priority: 11 });
    centre.joins("call_help", { queueIds: ["help"] });
    expect(servedFirst(centre)).toBe("call_sales");
  });

  test("age raises it where the queue says how fast, and nowhere else", () => {
    const centre = new CallCentre({ raiseEveryMs: 10_000 }, { ...help, priority: 3 });
    centre.joins("call_sales");
    centre.later(30_000).joins("call_help", { queueIds: ["help"] });
    expect(servedFirst(centre)).toBe("call_sales");
    const still = new CallCentre({}, { ...help, priority: 3 });
    still.joins("call_sales");
    still.later(3_600_000).joins("call_help", { queueIds: ["help"] });
    expect(servedFirst(still)).toBe("call_help");
  });

  test("a callback does not age: nobody hears the music", () => {
    const centre = new CallCentre({ raiseEveryMs: 1_000 });
    centre.promises("callback_1", { place: 5 });
    centre.later(60_000).joins("call_1", { place: 1, priority: 1 });
    centre.signsIn("ines");
    expect(centre.whoHas("call_1")).toBe("ines");
  });
});

describe("a supervisor moves a call up", () => {
  test("before everything else, whatever its priority; a second one comes after the first", () => {
    const centre = new CallCentre();
    for (const callId of ["call_1", "call_2", "call_3", "call_4"]) {
      centre.joins(callId, { priority: callId === "call_1" ? 50 : 0 });
    }
    centre.does({ type: "callMovedUp", callId: "call_4" });
    centre.later(1_000).does({ type: "callMovedUp", callId: "call_3" });
    centre.later(1_000);
    expect(centre.does({ type: "callMovedUp", callId: "call_4" }).result).toEqual({ ok: true, note: "already" });
    for (const operatorId of ["ines", "paul", "zoe"]) centre.signsIn(operatorId);
    expect(["call_4", "call_3", "call_1", "call_2"].map((id) => centre.whoHas(id))).toEqual([
      ...["ines", "paul", "zoe", undefined],
    ]);
    expect(centre.call("call_4").place).toBe(4);
  });

  test("one that has left is refused", () => {
    const centre = new CallCentre();
    centre.joins("call_1");
    centre.does({ type: "callHungUp", callId: "call_1" });
    expect(centre.does({ type: "callMovedUp", callId: "call_1" }).result).toMatchObject({ reason: "callGone" });
  });
});
