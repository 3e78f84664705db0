import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";

describe("an offer that accepts itself", () => {
  test("so long after the agent has shown it, not before", () => {
    const centre = new CallCentre({ autoAcceptMs: 3_000 });
    centre.signsIn("ines");
    centre.joins("call_1");
    centre.later(1_000).sees("ines");
    expect(centre.intents("scheduleAt").at(-1)?.at).toBe(4_000);
    centre.after(2_999);
    expect(centre.shift("ines").state).toBe("offered");
    centre.after(1);
    expect(centre.shift("ines").state).toBe("ringing");
    expect(centre.intents("connect")).toHaveLength(1);
  });

  test("one that no agent has shown runs out like any other", () => {
    const centre = new CallCentre({ autoAcceptMs: 3_000 });
    centre.signsIn("ines");
    centre.joins("call_1");
    centre.after(15_000);
    expect(centre.shift("ines")).toMatchObject({ state: "paused", pauseReason: "missed" });
  });

  test("while the agent is gone it does not, and when it is back it counts anew", () => {
    const centre = new CallCentre({ autoAcceptMs: 3_000 });
    centre.signsIn("ines");
    centre.joins("call_1");
    centre.sees("ines");
    centre.does({ type: "connectionLost", shiftId: "shift_ines", connectionId: "conn_ines" });
    centre.after(3_500);
    expect(centre.shift("ines").state).toBe("offered");
    centre.does({ type: "connectionBack", shiftId: "shift_ines", connectionId: "conn_2" });
    centre.sees("ines");
    centre.after(2_999);
    expect(centre.shift("ines").state).toBe("offered");
    centre.after(1);
    expect(centre.shift("ines").state).toBe("ringing");
  });

  test("an operator's own setting counts before the queue's, and the offer stands long enough for it", () => {
    const centre = new CallCentre({ offerMs: 5_000 });
    centre.does({ type: "operatorsSeen", operators: { ines: { skills: {}, autoAcceptMs: 8_000 } } });
    centre.signsIn("ines");
    centre.joins("call_1");
    centre.sees("ines");
    centre.after(7_999);
    expect(centre.shift("ines").state).toBe("offered");
    centre.after(1);
    expect(centre.shift("ines").state).toBe("ringing");
  });
});

describe("who lets an offer run out", () => {
  test("is signed out where the queue says so, and told", () => {
    const centre = new CallCentre({ afterMissed: "signOut" });
    centre.signsIn("ines");
    centre.joins("call_1");
    centre.after(15_000);
    expect(centre.shift("ines")).toMatchObject({ state: "offline", offersMissed: 1, closedAt: centre.now });
    expect(centre.intents("tellOperator")).toMatchObject([{ code: "signedOutAfterMissed" }]);
    expect(centre.call("call_1").state).toBe("waiting");
  });

  test("stays available, passed by for that call only, where the queue says so", () => {
    const centre = new CallCentre({ afterMissed: "stay" });
    centre.signsIn("ines");
    centre.signsIn("paul");
    centre.joins("call_1");
    centre.after(15_000);
    expect(centre.shift("ines").state).toBe("available");
    expect(centre.whoHas("call_1")).toBe("paul");
    centre.joins("call_2");
    expect(centre.whoHas("call_2")).toBe("ines");
  });
});
