import { expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";
import { changes } from "./changes.ts";
import { decide } from "./decide.ts";
import { namedIn, shiftsMissingIn } from "./named-in.ts";

test("an event names the visit, the offer and the shift that it is about", () => {
  const none = { shiftIds: [], callIds: [], offerIds: [] };
  expect(namedIn({ type: "sweep" })).toEqual(none);
  expect(namedIn({ type: "callLeft", callId: "call_1", entry: 2 })).toEqual({ ...none, callIds: ["call_1.2"] });
  const accepted = { type: "accepted", shiftId: "shift_1", offerId: "offer_1" } as const;
  expect(namedIn(accepted)).toEqual({ ...none, shiftIds: ["shift_1"], offerIds: ["offer_1"] });
});

test("O3: a hang-up that was cut at the write that also signed the operator out is completed as a hang-up", () => {
  const centre = new CallCentre();
  centre.signsIn("ines");
  centre.joins("call_1");
  centre.accepts("ines");
  centre.operator("ines", "signedOut");
  const before = centre.state;
  const [first] = changes(before, centre.does({ type: "callHungUp", callId: "call_1" }).state);
  expect(first?.after.closedAt).toBe(0);
  // What is open in the store now: the call and the offer, but not the shift.
  const open = { ...before, shifts: {} };
  expect(shiftsMissingIn(before)).toEqual([]);
  expect(shiftsMissingIn(open)).toEqual(["shift_ines"]);
  const loaded = { ...before, shifts: { shift_ines: centre.shift("ines") } };
  const { state } = decide(loaded, { type: "sweep" }, { now: 1, fresh: "x" });
  expect(state.calls["call_1.1"]).toMatchObject({ state: "left", leftReason: "hungUp" });
  expect(Object.values(state.offers)).toMatchObject([{ state: "accepted", outcome: "callerLeft" }]);
});
