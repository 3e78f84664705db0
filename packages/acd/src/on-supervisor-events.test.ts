import { describe, expect, test } from "vitest";
import { checkInvariants } from "../src/index.ts";
import { CallCentre } from "../test/call-centre.ts";

const callOf = (centre: CallCentre, callId: string) =>
  Object.values(centre.state.calls).find((call) => call.callId === callId);

describe("a caller who is moved up", () => {
  test("is served next, at the place they had, and nobody else's order changes", () => {
    const centre = new CallCentre();
    for (const callId of ["call_1", "call_2", "call_3"]) centre.joins(callId);
    const place = callOf(centre, "call_3")?.place;
    const before = centre.state;
    expect(centre.does({ type: "callMovedUp", callId: "call_3" }).result).toEqual({ ok: true });
    expect(callOf(centre, "call_3")).toMatchObject({ place, priority: 0 });
    expect(checkInvariants(centre.state, { now: centre.now, before })).toEqual([]);
    for (const operatorId of ["ines", "paul", "zoe"]) centre.signsIn(operatorId);
    expect(["call_3", "call_1", "call_2"].map((callId) => centre.whoHas(callId))).toEqual(["ines", "paul", "zoe"]);
  });

  test("comes after whoever was moved up before", () => {
    const centre = new CallCentre();
    for (const callId of ["call_1", "call_2", "call_3"]) centre.joins(callId);
    centre.does({ type: "callMovedUp", callId: "call_3" });
    centre.later(1_000).does({ type: "callMovedUp", callId: "call_2" });
    for (const operatorId of ["ines", "paul", "zoe"]) centre.signsIn(operatorId);
    expect(["call_3", "call_2", "call_1"].map((callId) => centre.whoHas(callId))).toEqual(["ines", "paul", "zoe"]);
  });

  test("twice changes nothing; who has gone, or rings an operator, is not moved", () => {
    const centre = new CallCentre();
    centre.joins("call_1");
    centre.joins("call_2");
    expect(centre.does({ type: "callMovedUp", callId: "call_1" }).result).toEqual({ ok: true });
    expect(centre.does({ type: "callMovedUp", callId: "call_1" }).result).toEqual({ ok: true, note: "already" });
    centre.signsIn("ines");
    centre.accepts("ines");
    expect(centre.does({ type: "callMovedUp", callId: "call_1" }).result).toEqual({ ok: false, reason: "underWay" });
    centre.does({ type: "callHungUp", callId: "call_2" });
    expect(centre.does({ type: "callMovedUp", callId: "call_2" }).result).toEqual({ ok: false, reason: "callGone" });
  });
});

describe("a caller who is moved to another queue", () => {
  test("waits there ahead of who came later, and is offered to those who serve it", () => {
    const centre = new CallCentre({}, { id: "help", operatorIds: ["zoe"] });
    centre.joins("call_1");
    centre.joins("call_2", { queueIds: ["help"] });
    const before = centre.state;
    expect(centre.does({ type: "callMovedTo", callId: "call_1", queueId: "help" }).result).toEqual({ ok: true });
    expect(checkInvariants(centre.state, { now: centre.now, before })).toEqual([]);
    centre.signsIn("zoe");
    expect(centre.whoHas("call_1")).toBe("zoe");
  });

  test("is taken from the screen of who was asked; the operator is free for the next", () => {
    const centre = new CallCentre({}, { id: "help", operatorIds: ["zoe"] });
    centre.signsIn("ines");
    centre.joins("call_1");
    centre.joins("call_2");
    expect(centre.whoHas("call_1")).toBe("ines");
    const { intents } = centre.does({ type: "callMovedTo", callId: "call_1", queueId: "help" });
    expect(intents).toContainEqual(expect.objectContaining({ type: "withdrawOffer", reason: "forced" }));
    expect(centre.whoHas("call_2")).toBe("ines");
    expect(callOf(centre, "call_1")).toMatchObject({ state: "waiting", queueIds: ["help"] });
  });

  test("not to a queue that is not there, nor twice", () => {
    const centre = new CallCentre({}, { id: "help", operatorIds: ["zoe"] });
    centre.joins("call_1");
    expect(centre.does({ type: "callMovedTo", callId: "call_1", queueId: "gone" }).result).toMatchObject({ ok: false });
    expect(centre.does({ type: "callMovedTo", callId: "call_1", queueId: "sales" }).result).toEqual({
      ok: true,
      note: "already",
    });
  });
});
