import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";

const help = { id: "help", operatorIds: ["zoe"] };
const toHelp = { queueIds: ["help"], afterMs: 30_000, fromWaiting: null };

describe("overflow to another queue", () => {
  test("after the time: the call waits there too, at the place and with the age it has", () => {
    const centre = new CallCentre({ operatorIds: ["ines"], overflow: toHelp }, help);
    centre.signsIn("zoe");
    centre.joins("call_1", { place: 7 });
    const joinedAt = centre.now;
    expect(centre.intents("scheduleAt").at(-1)?.at).toBe(joinedAt + 30_000);
    centre.after(29_999);
    expect(centre.whoHas("call_1")).toBeUndefined();
    centre.after(1);
    expect(centre.whoHas("call_1")).toBe("zoe");
    expect(centre.call("call_1")).toMatchObject({
      ...{ place: 7, joinedAt, queueIds: ["sales", "help"] },
      overflow: { at: joinedAt + 30_000, by: "time", queueIds: ["help"] },
    });
  });

  test("at once for who joins a line that is long; those before them wait where they are", () => {
    const overflow = { queueIds: ["help"], afterMs: null, fromWaiting: 1 };
    const centre = new CallCentre({ operatorIds: ["ines"], overflow }, help);
    centre.joins("call_1");
    centre.joins("call_2");
    centre.signsIn("zoe");
    expect([centre.whoHas("call_1"), centre.whoHas("call_2")]).toEqual([undefined, "zoe"]);
    expect(centre.call("call_2").overflow).toMatchObject({ by: "length" });
  });

  test("operators of the own queue are still asked first", () => {
    const centre = new CallCentre({ operatorIds: ["ines"], overflow: { ...toHelp, fromWaiting: 0 } }, help);
    centre.signsIn("zoe");
    centre.later(1_000).signsIn("ines");
    centre.joins("call_1");
    expect(centre.whoHas("call_1")).toBe("ines");
  });

  test("what comes back from a telephone that did not answer overflows too", () => {
    const centre = new CallCentre({ operatorIds: ["ines"], overflow: toHelp }, help);
    centre.signsIn("ines");
    centre.joins("call_1");
    centre.accepts("ines");
    centre.telephone("ines", "telephoneRinging");
    centre.after(31_000);
    centre.fails("ines", "silent");
    centre.signsIn("zoe");
    centre.after(2_000);
    expect(centre.whoHas("call_1")).toBe("zoe");
  });
});

describe("out of the line", () => {
  const asking = { leaveWhenFull: true };

  test("who joins a full line is told, and told again until they have left, and is offered to nobody", () => {
    const centre = new CallCentre({ mostWaiting: 1 });
    centre.joins("call_1", asking);
    expect(centre.intents("full")).toEqual([]);
    centre.joins("call_2", asking);
    expect(centre.intents("full")).toEqual([{ type: "full", callId: "call_2", entry: 1 }]);
    expect(centre.intents("scheduleAt")).toHaveLength(1);
    centre.after(2_000);
    expect(centre.intents("full")).toHaveLength(1);
    for (const operatorId of ["ines", "paul"]) centre.signsIn(operatorId);
    expect([centre.whoHas("call_1"), centre.whoHas("call_2")]).toEqual(["ines", undefined]);
    centre.does({ type: "callLeft", callId: "call_2", entry: 1 });
    expect(centre.after(2_000).intents.filter(({ type }) => type === "full")).toEqual([]);
  });

  test("who is on the way out makes no line longer; one whose flow has no way for it waits", () => {
    const centre = new CallCentre({ mostWaiting: 1 });
    for (const callId of ["call_1", "call_2", "call_3"]) centre.joins(callId, callId === "call_3" ? {} : asking);
    expect(centre.call("call_2").turnedAway).toBe("full");
    expect(centre.call("call_3").turnedAway).toBeUndefined();
  });

  test("who was passed on to an operator, or comes back to one, is not turned away by a full line, but by the longest wait", () => {
    const centre = new CallCentre({ mostWaiting: 1, longestWaitMs: 60_000 });
    centre.signsIn("ines");
    centre.does({ type: "paused", shiftId: centre.shift("ines").id, label: null });
    centre.joins("call_1", asking);
    for (const only of [true, false])
      centre.joins(`call_${only}`, { ...asking, named: { operatorId: "ines", only }, entry: 2 });
    centre.joins("call_2", asking);
    expect(centre.intents("full")).toMatchObject([{ callId: "call_2" }]);
    centre.after(60_000);
    expect(centre.intents("overflowed").map(({ callId }) => callId)).toEqual(["call_1", "call_true", "call_false"]);
  });

  test("the longest wait, but not from under an offer that stands", () => {
    const centre = new CallCentre({ longestWaitMs: 60_000 });
    centre.joins("call_1", asking);
    centre.later(55_000).signsIn("ines");
    centre.after(5_000);
    expect(centre.intents("overflowed")).toEqual([]);
    centre.refuses("ines");
    centre.after(1_000);
    expect(centre.intents("overflowed")).toMatchObject([{ callId: "call_1" }]);
    expect(centre.call("call_1").turnedAway).toBe("overflowed");
  });
});
