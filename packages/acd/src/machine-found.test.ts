import { expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";
import { checkInvariants } from "./invariants.ts";

const minute = 60_000;
const rules = { most: 2, attempts: 2, retryMs: 15 * minute, scheduleId: null };

/** Inès talks on the callback cb_1, whose number was answered. */
function talking(slotAt?: number): CallCentre {
  const centre = new CallCentre({ callbacks: rules });
  centre.signsIn("ines");
  centre.promises("cb_1", slotAt === undefined ? {} : { slotAt });
  if (slotAt !== undefined) centre.does({ type: "callbackUrged", callId: "cb_1" });
  answers(centre);
  return centre;
}

function answers(centre: CallCentre): void {
  centre.accepts("ines");
  centre.telephone("ines", "telephoneRinging");
  centre.telephone("ines", "telephoneAnswered");
}

function says(centre: CallCentre) {
  const before = centre.state;
  const { id: shiftId, current } = centre.shift("ines");
  const event = { shiftId, offerId: current?.offerId ?? "", callId: "cb_1", call: null };
  const decision = centre.does({ type: "machineFound", ...event });
  expect(checkInvariants(decision.state, { before })).toEqual([]);
  return decision;
}

test("a machine that the operator tells apart is an attempt: the promise is open again, at its place, for the stated time", () => {
  const centre = talking();
  const { place } = centre.call("cb_1");
  expect(says(centre).result).toEqual({ ok: true });
  expect(centre.call("cb_1")).toMatchObject({
    ...{ state: "waiting", closedAt: null, leftReason: null, place, offerIds: [] },
    callback: { attempts: [{ result: "numberMachine" }], notBefore: centre.now + 15 * minute },
  });
  // The conversation goes on until it is ended, and is wrapped up.
  expect(centre.shift("ines").state).toBe("talking");
  centre.telephone("ines", "conversationEnded");
  expect(centre.shift("ines").state).toBe("wrapUp");
  expect(says(centre).result).toEqual({ ok: true, note: "already" });
  centre.does({ type: "ready", shiftId: centre.shift("ines").id });
  centre.after(14 * minute);
  expect(centre.whoHas("cb_1")).toBeUndefined();
  centre.after(minute);
  expect(centre.whoHas("cb_1")).toBe("ines");
});

test("as long as the operator listens to the machine, nobody rings its number, however long that is", () => {
  const centre = talking();
  centre.signsIn("paul");
  says(centre);
  centre.after(20 * minute);
  expect(centre.whoHas("cb_1")).toBeUndefined();
  expect(centre.call("cb_1").state).toBe("waiting");
  const taken = { type: "callbackTaken", shiftId: centre.shift("paul").id, callId: "cb_1", promise: null } as const;
  expect(centre.does(taken).result).toMatchObject({ ok: false, reason: "underWay" });
  centre.telephone("ines", "conversationEnded");
  expect(centre.whoHas("cb_1")).toBe("paul");
});

test("said while wrapping up, and of the last attempt, the promise is given up and reported", () => {
  const centre = talking();
  says(centre);
  centre.telephone("ines", "conversationEnded");
  centre.does({ type: "ready", shiftId: centre.shift("ines").id });
  centre.after(15 * minute);
  answers(centre);
  centre.telephone("ines", "conversationEnded");
  expect(says(centre).result).toEqual({ ok: true });
  expect(centre.call("cb_1")).toMatchObject({
    leftReason: "givenUp",
    callback: { attempts: [{ result: "numberMachine" }, { result: "numberMachine" }] },
  });
  expect(centre.intents("callbackOver")).toMatchObject([{ callbackId: "cb_1", reason: "givenUp" }]);
});

test("a time that was chosen is kept; and a number that was promised anew meanwhile has that promise alone", () => {
  const later = 60 * minute;
  const early = talking(later);
  says(early);
  expect(early.call("cb_1").callback).toMatchObject({ notBefore: later, urgent: false });
  const anew = talking();
  anew.promises("cb_2");
  says(anew);
  expect(anew.call("cb_1")).toMatchObject({
    leftReason: "givenUp",
    callback: { attempts: [{ result: "numberMachine" }] },
  });
  expect(anew.call("cb_2").closedAt).toBeNull();
});

test("it is said of nothing but a callback that was answered, by the operator who is on it", () => {
  const centre = new CallCentre({ callbacks: rules });
  centre.signsIn("ines");
  centre.joins("call_1");
  centre.accepts("ines");
  centre.telephone("ines", "telephoneAnswered");
  expect(says(centre).result).toEqual({ ok: false, reason: "callGone" });
  const done = talking();
  const { id: shiftId } = done.shift("ines");
  const other = { type: "machineFound", shiftId, offerId: "offer_x", callId: "cb_1", call: null } as const;
  expect(done.does(other).result).toEqual({ ok: false, reason: "alreadyEnded" });
});
