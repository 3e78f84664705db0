import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";

describe("who is asked first", () => {
  test("longest idle: who has waited longest since their last call; a refusal does not restart it, a pause does", () => {
    const centre = new CallCentre({ order: "longestIdle" });
    for (const operatorId of ["zoe", "paul", "ines"]) centre.later(1_000).signsIn(operatorId);
    centre.does({ type: "paused", shiftId: "shift_zoe", label: "lunch" });
    centre.later(5_000).operator("zoe", "resumed");
    centre.joins("call_1");
    expect(centre.whoHas("call_1")).toBe("paul");
    centre.refuses("paul");
    expect(centre.whoHas("call_1")).toBe("ines");
    centre.joins("call_2");
    expect(centre.whoHas("call_2")).toBe("paul");
  });

  test("longest idle: whoever has just wrapped up is asked last", () => {
    const centre = new CallCentre({ order: "longestIdle" });
    centre.signsIn("ines");
    centre.later(1_000).signsIn("paul");
    centre.joins("call_1");
    centre.accepts("ines");
    centre.telephone("ines", "telephoneAnswered");
    centre.telephone("ines", "conversationEnded");
    centre.later(1_000).operator("ines", "ready");
    centre.joins("call_2");
    expect(centre.whoHas("call_2")).toBe("paul");
  });

  test("fixed: the first of the queue's list who is free", () => {
    const centre = new CallCentre({ order: "fixed" });
    for (const operatorId of ["zoe", "paul"]) centre.later(1_000).signsIn(operatorId);
    centre.joins("call_1");
    expect(centre.whoHas("call_1")).toBe("paul");
  });

  test("round robin: each in turn, whether they take the call or not", () => {
    const centre = new CallCentre({ order: "roundRobin" });
    for (const operatorId of ["zoe", "paul", "ines"]) centre.later(1_000).signsIn(operatorId);
    const asked = ["call_1", "call_2", "call_3", "call_4"].map((callId) => {
      centre.later(1_000).joins(callId);
      const who = centre.whoHas(callId);
      centre.does({ type: "callHungUp", callId });
      return who;
    });
    expect(asked).toEqual(["ines", "paul", "zoe", "ines"]);
  });

  test("fewest calls: who has taken fewest in this shift", () => {
    const centre = new CallCentre({ order: "fewestCalls" });
    for (const operatorId of ["ines", "paul"]) centre.signsIn(operatorId);
    centre.joins("call_1");
    centre.accepts("ines");
    centre.telephone("ines", "telephoneAnswered");
    centre.telephone("ines", "conversationEnded");
    centre.operator("ines", "ready");
    centre.joins("call_2");
    expect(centre.whoHas("call_2")).toBe("paul");
  });
});

describe("which call is served first", () => {
  test("the higher priority, then the lower place, however late it was told", () => {
    const centre = new CallCentre();
    centre.joins("call_c", { place: 30 });
    centre.joins("call_b", { place: 20 });
    centre.joins("call_a", { place: 40, priority: 1 });
    for (const operatorId of ["ines", "paul", "zoe"]) centre.signsIn(operatorId);
    expect(["call_a", "call_b", "call_c"].map((callId) => centre.whoHas(callId))).toEqual(["ines", "paul", "zoe"]);
  });

  test("a call that nobody may answer holds nobody up", () => {
    const centre = new CallCentre({}, { id: "help", operatorIds: ["zoe"] });
    centre.joins("call_1", { queueIds: ["help"] });
    centre.joins("call_2");
    centre.signsIn("ines");
    expect(centre.whoHas("call_2")).toBe("ines");
  });

  test("of a call's queues the earlier one is asked first, though the other's operator waited longer", () => {
    const centre = new CallCentre({ operatorIds: ["ines"] }, { id: "help", operatorIds: ["zoe"] });
    centre.signsIn("zoe");
    centre.later(1_000).signsIn("ines");
    centre.joins("call_1", { queueIds: ["sales", "help"] });
    expect(centre.offerTo("ines")?.why).toMatchObject({ first: "earlierQueue" });
  });
});

test("O9: the offer says of everyone who may answer why they were asked, or not", () => {
  const operatorIds = ["ines", "paul", "zoe", "max", "lea", "tom", "eva", "jon", "kim", "bob"];
  const centre = new CallCentre({ operatorIds, order: "fixed" });
  for (const operatorId of operatorIds.filter((id) => id !== "max")) centre.signsIn(operatorId);
  centre.does({ type: "queuesTicked", shiftId: "shift_paul", queueIds: [] });
  centre.does({ type: "paused", shiftId: "shift_zoe", label: null });
  centre.does({ type: "connectionLost", shiftId: "shift_lea", connectionId: "conn_lea" });
  centre.does({ type: "telephoneChosen", shiftId: "shift_tom", telephoneId: null, takeOver: false });
  centre.does({ type: "legOrphaned", shiftId: "shift_eva", callId: "call_0" });
  centre.does({ type: "dialStarted", shiftId: "shift_jon", callId: "call_out" });
  centre.joins("call_1");
  centre.refuses("ines");
  expect(centre.offerTo("kim")?.why).toEqual({
    order: "fixed",
    first: "fixed",
    eligible: [
      { operatorId: "kim", queueId: "sales", rank: 8 },
      { operatorId: "bob", queueId: "sales", rank: 9 },
    ],
    not: {
      refusedThisCall: ["ines"],
      notTicked: ["paul"],
      paused: ["zoe"],
      offline: ["max"],
      noConnection: ["lea"],
      telephoneMissing: ["tom"],
      orphanedLeg: ["eva"],
      dialling: ["jon"],
    },
  });
});

test("an operator who was free, but was given a call further ahead in the same decision, is said to be taken by it", () => {
  const centre = new CallCentre({ order: "fixed" });
  for (const operatorId of ["ines", "paul"]) {
    centre.signsIn(operatorId);
    centre.does({ type: "queuesTicked", shiftId: `shift_${operatorId}`, queueIds: [] });
  }
  centre.joins("call_1");
  centre.joins("call_2");
  const { queues } = centre.state;
  const sales = queues.sales;
  if (sales === undefined) throw new Error("no queue");
  // Two become free at once: what a host sees that was away for a while.
  centre.state = {
    ...centre.state,
    shifts: Object.fromEntries(
      Object.values(centre.state.shifts).map((shift) => [shift.id, { ...shift, queueIds: ["sales"] }]),
    ),
  };
  centre.does({ type: "sweep" });
  expect(centre.offerTo("paul")?.why).toMatchObject({ first: "onlyOne", not: { takenByEarlierCall: ["ines"] } });
});

test("an operator may only tick queues that they are in", () => {
  const centre = new CallCentre({}, { id: "help", operatorIds: ["zoe"] });
  centre.signsIn("ines");
  const ticked = centre.does({ type: "queuesTicked", shiftId: "shift_ines", queueIds: ["sales", "help"] });
  expect(ticked.result).toEqual({ ok: false, reason: "notOfQueue", queueIds: ["help"] });
});
