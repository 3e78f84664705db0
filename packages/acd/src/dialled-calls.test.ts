import { expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";

const shiftId = "shift_ines";
const call = { callId: "call_out", offerId: null } as const;

function dialling(centre = new CallCentre()): CallCentre {
  centre.signsIn("ines");
  centre.does({ type: "dialStarted", shiftId, callId: call.callId });
  return centre;
}
const orders = (centre: CallCentre) => centre.last.intents.filter(({ type }) => type === "dial");

test("an operator who dials is offered nothing, and their call is ordered until it is said to be placed", () => {
  const centre = dialling();
  expect(orders(centre)).toEqual([
    { type: "dial", callId: "call_out", shiftId, operatorId: "ines", telephoneId: "tel_ines" },
  ]);
  centre.joins("call_1");
  expect(centre.shift("ines").state).toBe("dialling");
  centre.does({ type: "dialStarted", shiftId, callId: call.callId });
  expect([centre.last.result, orders(centre)]).toMatchObject([{ note: "already" }, [{ type: "dial" }]]);
  centre.after(2_000);
  expect(orders(centre)).toHaveLength(1);
  centre.does({ type: "telephoneRinging", ...call });
  centre.after(2_000);
  expect(orders(centre)).toEqual([]);
});

test("what rings is told: first the operator's telephone, then the number; nothing is told back", () => {
  const centre = dialling();
  centre.does({ type: "telephoneRinging", ...call, rings: "telephone" });
  expect(centre.shift("ines").current).toMatchObject({ dialConfirmed: true, rings: "telephone" });
  centre.does({ type: "telephoneRinging", ...call, rings: "number" });
  centre.does({ type: "telephoneRinging", ...call });
  expect(centre.shift("ines").current).toMatchObject({ rings: "number" });
  centre.does({ type: "telephoneAnswered", ...call });
  expect(centre.shift("ines").state).toBe("talking");
  centre.does({ type: "telephoneRinging", ...call, rings: "telephone" });
  expect(centre.last.result).toMatchObject({ ok: false, reason: "alreadyEnded" });
  centre.does({ type: "conversationEnded", ...call });
  expect(centre.shift("ines").state).toBe("wrapUp");
});

test.each(["busy", "silent", "unreachable"] as const)(
  "a number that is %s leaves its operator free, and told",
  (how) => {
    const centre = dialling();
    centre.does({ type: "numberFailed", ...call, how });
    expect(centre.shift("ines").state).toBe("available");
    const code = `number${how[0]?.toUpperCase()}${how.slice(1)}`;
    expect(centre.last.intents).toContainEqual(
      expect.objectContaining({ type: "tellOperator", code, callId: "call_out" }),
    );
  },
);

test("an operator whose own telephone does not answer is set aside, and told", () => {
  const centre = dialling();
  centre.does({ type: "telephoneFailed", ...call, how: "silent" });
  expect(centre.shift("ines")).toMatchObject({ state: "paused", pauseReason: "telephoneSilent" });
});

test("who dials in a pause is back in it afterwards; a pause that something had led to is over", () => {
  const centre = new CallCentre();
  centre.signsIn("ines");
  centre.does({ type: "paused", shiftId, label: "paperwork" });
  centre.does({ type: "dialStarted", shiftId, callId: call.callId });
  expect(centre.shift("ines").state).toBe("dialling");
  centre.does({ type: "numberFailed", ...call, how: "busy" });
  expect(centre.shift("ines")).toMatchObject({ state: "paused", pauseReason: "asked", pauseLabel: "paperwork" });
  centre.does({ type: "resumed", shiftId });
  centre.does({ type: "dialStarted", shiftId, callId: "call_2" });
  centre.does({ type: "telephoneFailed", callId: "call_2", offerId: null, how: "busy" });
  expect(centre.shift("ines").pauseReason).toBe("telephoneBusy");
  centre.does({ type: "dialStarted", shiftId, callId: "call_3" });
  centre.does({ type: "telephoneAnswered", callId: "call_3", offerId: null });
  centre.does({ type: "conversationEnded", callId: "call_3", offerId: null });
  centre.does({ type: "ready", shiftId });
  expect(centre.shift("ines").state).toBe("available");
});

test("nobody dials without a telephone, in a call, or with a telephone that may be connected to nobody", () => {
  const centre = dialling();
  centre.does({ type: "dialStarted", shiftId, callId: "call_2" });
  expect(centre.last.result).toMatchObject({ reason: "wrongState" });
  const other = new CallCentre();
  other.signsIn("ines", { telephoneId: null });
  other.does({ type: "dialStarted", shiftId, callId: "call_2" });
  expect(other.last.result).toMatchObject({ reason: "wrongState" });
  const third = new CallCentre();
  third.signsIn("ines");
  third.does({ type: "legOrphaned", shiftId, callId: "call_0" });
  third.does({ type: "dialStarted", shiftId, callId: "call_2" });
  expect(third.last.result).toMatchObject({ reason: "wrongState" });
});

test("a dialled call of which nothing is heard is asked after", () => {
  const centre = dialling();
  centre.does({ type: "telephoneRinging", ...call });
  centre.after(30_000);
  expect(centre.last.intents).toContainEqual({ type: "checkCall", ...call });
});
