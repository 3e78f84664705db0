import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";
import { changes } from "./changes.ts";
import { decide } from "./decide.ts";

/** One operator, one call, offered. */
function offered(): CallCentre {
  const centre = new CallCentre();
  centre.signsIn("ines");
  centre.joins("call_1");
  return centre;
}

/** The same, accepted, with the telephone ringing. */
function ringing(): CallCentre {
  const centre = offered();
  centre.accepts("ines");
  centre.telephone("ines", "telephoneRinging");
  return centre;
}

function talking(): CallCentre {
  const centre = ringing();
  centre.telephone("ines", "telephoneAnswered");
  return centre;
}

describe("a call that goes well", () => {
  test("is offered to the free operator with a pop-up that says until when", () => {
    const centre = offered();
    expect(centre.shift("ines").state).toBe("offered");
    expect(centre.intents("offer")).toMatchObject([{ callId: "call_1", operatorId: "ines", expiresAt: 15_000 }]);
    expect(centre.intents("scheduleAt")).toEqual([{ type: "scheduleAt", at: 15_000 }]);
  });

  test("is connected to the operator's telephone when they accept", () => {
    const centre = offered();
    expect(centre.accepts("ines").result).toEqual({ ok: true });
    expect(centre.intents("connect")).toMatchObject([{ callId: "call_1", entry: 1, telephoneId: "tel_ines" }]);
    expect(centre.shift("ines").state).toBe("ringing");
    expect(centre.call("call_1").state).toBe("connecting");
  });

  test("leaves the line when they talk; the operator wraps up until Ready, and is then free", () => {
    const centre = talking();
    expect(centre.call("call_1")).toMatchObject({ state: "left", leftReason: "answered" });
    expect(centre.offerTo("ines")).toMatchObject({ state: "accepted", outcome: "answered" });
    centre.telephone("ines", "conversationEnded");
    centre.joins("call_2");
    centre.after(3_600_000);
    expect(centre.shift("ines").state).toBe("wrapUp");
    centre.operator("ines", "ready");
    expect(centre.whoHas("call_2")).toBe("ines");
  });

  test("puts off the end of the wrap-up by the queue's stretch, as often as it allows and not in another wrap-up", () => {
    const centre = new CallCentre({ wrapUpMs: 30_000, wrapUpExtension: { ms: 60_000, most: 2 } });
    centre.signsIn("ines");
    const wrapsUp = (callId: string) => {
      centre.joins(callId);
      centre.accepts("ines");
      centre.telephone("ines", "telephoneAnswered");
      centre.telephone("ines", "conversationEnded");
    };
    const extend = () => centre.operator("ines", "wrapUpExtended").result;
    expect(extend()).toEqual({ ok: false, reason: "wrongState" });
    wrapsUp("call_1");
    expect([extend(), extend(), extend()]).toEqual([{ ok: true }, { ok: true }, { ok: false, reason: "wrongState" }]);
    centre.after(149_000);
    expect(centre.shift("ines").state).toBe("wrapUp");
    centre.after(1_000);
    expect(centre.shift("ines").state).toBe("available");
    wrapsUp("call_2");
    expect(centre.shift("ines").wrapUpUntil).toBe(centre.now + 30_000);
    expect(extend()).toEqual({ ok: true });
  });

  test("ends the wrap-up by itself where the queue has a limit", () => {
    const centre = new CallCentre({ wrapUpMs: 30_000 });
    centre.signsIn("ines");
    centre.joins("call_1");
    centre.accepts("ines");
    centre.telephone("ines", "telephoneAnswered");
    centre.does({ type: "callHungUp", callId: "call_1" });
    expect(centre.intents("scheduleAt")).toEqual([{ type: "scheduleAt", at: 30_000 }]);
    centre.after(29_999);
    expect(centre.shift("ines").state).toBe("wrapUp");
    centre.after(1);
    expect(centre.shift("ines").state).toBe("available");
  });
});

describe("an offer that is not accepted", () => {
  test("refused: the next operator is asked, the caller keeps the place", () => {
    const centre = new CallCentre();
    centre.signsIn("ines");
    centre.later(1).signsIn("paul");
    centre.joins("call_1");
    centre.joins("call_2", { place: 99 });
    expect(centre.whoHas("call_1")).toBe("ines");
    centre.refuses("ines");
    expect(centre.offerTo("paul")?.callId).toBe("call_2");
    expect(centre.call("call_1")).toMatchObject({ state: "waiting", place: 1 });
    centre.refuses("paul");
    expect(centre.whoHas("call_1")).toBe("paul");
  });

  test("refused where refusing is not allowed: the offer stands", () => {
    const centre = new CallCentre({ refusalAllowed: false });
    centre.signsIn("ines");
    centre.joins("call_1");
    expect(centre.refuses("ines").result).toEqual({ ok: false, reason: "refusalNotAllowed" });
    expect(centre.whoHas("call_1")).toBe("ines");
  });

  test("refused by the only one who could: asked again after a short time, not at once", () => {
    const centre = offered();
    centre.refuses("ines");
    expect(centre.intents("scheduleAt")).toEqual([{ type: "scheduleAt", at: 10_000 }]);
    centre.after(9_999);
    expect(centre.call("call_1").state).toBe("waiting");
    centre.after(1);
    expect(centre.offerTo("ines")).toMatchObject({ state: "offered", why: { first: "askedAgain" } });
  });

  test("refused while a colleague is in a call: asked again only after the long time", () => {
    const centre = new CallCentre();
    centre.signsIn("paul");
    centre.joins("call_0");
    centre.accepts("paul");
    centre.signsIn("ines");
    centre.joins("call_1");
    centre.refuses("ines");
    centre.after(59_999);
    expect(centre.call("call_1").state).toBe("waiting");
    centre.after(1);
    expect(centre.whoHas("call_1")).toBe("ines");
  });

  test("missed: the operator is paused and told, and the caller goes to the next", () => {
    const centre = offered();
    centre.later(10).signsIn("paul");
    centre.after(14_989);
    expect(centre.shift("ines").state).toBe("offered");
    centre.after(1);
    expect(centre.shift("ines")).toMatchObject({ state: "paused", pauseReason: "missed", offersMissed: 1 });
    expect(centre.intents("withdrawOffer")).toMatchObject([{ operatorId: "ines", reason: "expired" }]);
    expect(centre.intents("tellOperator")).toMatchObject([{ operatorId: "ines", code: "missedOffer" }]);
    expect(centre.whoHas("call_1")).toBe("paul");
  });

  test("O4: a caller who hangs up withdraws the pop-up, and the operator stays first in line for the next call", () => {
    const centre = offered();
    centre.later(500).signsIn("paul");
    centre.does({ type: "callHungUp", callId: "call_1" });
    expect(centre.intents("withdrawOffer")).toMatchObject([{ operatorId: "ines", reason: "callerLeft" }]);
    centre.joins("call_2");
    expect(centre.whoHas("call_2")).toBe("ines");
  });
});

describe("an accept that comes too late", () => {
  test("after the time but before the sweep it still counts", () => {
    const centre = offered();
    expect(centre.later(15_200).accepts("ines").result).toEqual({ ok: true });
  });

  test("after expiry, withdrawal or the next offer it is over, and changes nothing of what the operator has now", () => {
    const centre = offered();
    const first = centre.offerTo("ines")?.id ?? "";
    centre.does({ type: "callHungUp", callId: "call_1" });
    expect(centre.accepts("ines", first).result).toEqual({ ok: false, reason: "alreadyEnded" });
    centre.joins("call_2");
    const second = centre.offerTo("ines");
    expect(centre.accepts("ines", first).result).toEqual({ ok: false, reason: "alreadyEnded" });
    expect(centre.offerTo("ines")).toBe(second);
    centre.after(15_000);
    expect(centre.accepts("ines", second?.id).result).toEqual({ ok: false, reason: "alreadyEnded" });
  });

  test("of somebody else's offer it is refused", () => {
    const centre = offered();
    centre.signsIn("paul");
    expect(centre.accepts("paul", centre.offerTo("ines")?.id).result).toEqual({ ok: false, reason: "notYours" });
  });

  test("said twice it is one accept, and the call is told again", () => {
    const centre = offered();
    const offerId = centre.offerTo("ines")?.id;
    centre.accepts("ines", offerId);
    expect(centre.accepts("ines", offerId).result).toEqual({ ok: true, note: "already" });
    expect(centre.intents("connect")).toHaveLength(1);
  });
});

describe("a telephone that does not answer", () => {
  test.each([
    ["busy", "telephoneBusy"],
    ["silent", "telephoneSilent"],
    ["unreachable", "telephoneUnreachable"],
  ] as const)("%s: the caller keeps the place, the operator is paused and told why", (how, reason) => {
    const centre = ringing();
    centre.joins("call_2");
    centre.fails("ines", how);
    expect(centre.shift("ines")).toMatchObject({ state: "paused", pauseReason: reason });
    expect(centre.intents("tellOperator")).toMatchObject([{ operatorId: "ines", code: reason }]);
    expect(centre.intents("callerBackToPlace")).toMatchObject([{ callId: "call_1", reason: how }]);
    centre.signsIn("paul");
    expect(centre.whoHas("call_1")).toBe("paul");
  });

  test("said again, the call is told again", () => {
    const centre = ringing();
    const { callId = "", id: offerId = "" } = centre.offerTo("ines") ?? {};
    centre.fails("ines", "busy");
    const again = centre.does({ type: "telephoneFailed", callId, offerId, how: "busy" });
    expect(again.result).toEqual({ ok: true, note: "already" });
    expect(centre.intents("callerBackToPlace")).toMatchObject([{ callId, offerId }]);
  });

  test("the caller hangs up while it rings: the operator is free and told; an answer that crosses it is too late", () => {
    const centre = ringing();
    const offerId = centre.offerTo("ines")?.id ?? "";
    centre.does({ type: "callHungUp", callId: "call_1" });
    expect(centre.shift("ines").state).toBe("available");
    expect(centre.intents("tellOperator")).toMatchObject([{ code: "callerLeftWhileRinging" }]);
    const late = centre.does({ type: "telephoneAnswered", callId: "call_1", offerId });
    expect(late.result).toEqual({ ok: false, reason: "alreadyEnded" });
  });

  test("a leg that is connected to nobody keeps offers away until the operator has hung up", () => {
    const centre = new CallCentre();
    centre.signsIn("ines");
    centre.does({ type: "legOrphaned", shiftId: "shift_ines", callId: "call_0" });
    expect(centre.intents("tellOperator")).toMatchObject([{ code: "hangUpYourTelephone" }]);
    centre.joins("call_1");
    expect(centre.call("call_1").state).toBe("waiting");
    centre.operator("ines", "legClearedByOperator");
    expect(centre.whoHas("call_1")).toBe("ines");
  });

  test("a dial that the call did not confirm is told again; one that never ends is asked after", () => {
    const centre = offered();
    centre.accepts("ines");
    centre.after(2_000);
    expect(centre.intents("connect")).toHaveLength(1);
    centre.telephone("ines", "telephoneRinging");
    centre.after(2_000);
    expect(centre.intents("connect")).toHaveLength(0);
    centre.after(50_000);
    expect(centre.intents("checkCall")).toMatchObject([{ callId: "call_1" }]);
  });
});

describe("an agent that is gone", () => {
  const lost = { type: "connectionLost", shiftId: "shift_ines", connectionId: "conn_ines" } as const;

  test("while offered: a short loss costs nothing", () => {
    const centre = offered();
    centre.does(lost);
    centre.after(4_999);
    centre.does({ type: "connectionBack", shiftId: "shift_ines", connectionId: "conn_new" });
    expect(centre.accepts("ines").result).toEqual({ ok: true });
  });

  test("while offered: a longer one withdraws the offer and sets the operator aside, as not missed", () => {
    const centre = offered();
    centre.does(lost);
    centre.after(5_000);
    expect(centre.offerTo("ines")).toMatchObject({ state: "withdrawn", withdrawReason: "connectionLost" });
    expect(centre.shift("ines")).toMatchObject({ state: "paused", pauseReason: "connectionLost", offersMissed: 0 });
    centre.does({ type: "connectionBack", shiftId: "shift_ines", connectionId: "conn_new" });
    expect(centre.intents("tellOperator")).toMatchObject([{ code: "connectionWasLost" }]);
  });

  test("gets no offers, and a loss that an older connection reports is not believed", () => {
    const centre = new CallCentre();
    centre.signsIn("ines");
    expect(centre.does({ ...lost, connectionId: "conn_old" }).result).toEqual({ ok: false, reason: "oldConnection" });
    centre.does(lost);
    centre.joins("call_1");
    expect(centre.call("call_1").state).toBe("waiting");
  });

  test("in a conversation nothing of the call ends", () => {
    const centre = talking();
    centre.does(lost);
    centre.operator("ines", "signedOut");
    centre.after(3_600_000);
    expect(centre.shift("ines")).toMatchObject({ state: "talking", after: { to: "offline" } });
    centre.telephone("ines", "conversationEnded");
    centre.operator("ines", "ready");
    expect(centre.shift("ines")).toMatchObject({ state: "offline" });
  });
});

describe("telephones", () => {
  test("O7: one that another holds is taken over only when asked, and the other is set aside and told", () => {
    const centre = new CallCentre();
    centre.signsIn("ines");
    const held = centre.signsIn("paul", { telephoneId: "tel_ines" }).result;
    expect(held).toEqual({ ok: false, reason: "telephoneHeld", holder: { shiftId: "shift_ines", operatorId: "ines" } });
    centre.signsIn("paul", { telephoneId: "tel_ines", takeOver: true });
    expect(centre.shift("ines")).toMatchObject({ telephoneId: null, state: "paused", pauseReason: "telephoneTaken" });
    expect(centre.intents("tellOperator")).toMatchObject([{ operatorId: "ines", code: "telephoneTaken" }]);
  });

  test("one that is in a call is never taken", () => {
    const centre = talking();
    const taken = centre.signsIn("paul", { telephoneId: "tel_ines", takeOver: true }).result;
    expect(taken).toMatchObject({ ok: false, reason: "telephoneInUse" });
  });

  test("the one that lets go is written first, so that a unique index never sees two holders", () => {
    const centre = new CallCentre();
    centre.signsIn("paul");
    centre.signsIn("ines");
    const before = centre.state;
    centre.does({ type: "telephoneChosen", shiftId: "shift_paul", telephoneId: "tel_ines", takeOver: true });
    expect(changes(before, centre.state).map((change) => change.after.id)).toEqual(["shift_ines", "shift_paul"]);
  });
});

describe("a supervisor's order", () => {
  test("withdraws an offer, and does not touch a conversation", () => {
    const centre = offered();
    centre.does({ type: "forced", shiftId: "shift_ines", to: "paused" });
    expect(centre.shift("ines")).toMatchObject({ state: "paused", pauseReason: "forced" });
    expect(centre.call("call_1").state).toBe("waiting");
    const busy = talking();
    expect(busy.does({ type: "forced", shiftId: "shift_ines", to: "offline" }).result).toEqual({
      ok: true,
      note: "later",
    });
    expect(busy.shift("ines").state).toBe("talking");
  });
});

describe("a conversation given to the exchange", () => {
  test("keeps the operator busy until Ready, whatever becomes of our call", () => {
    const centre = talking();
    const { callId = "", id: offerId = "" } = centre.offerTo("ines") ?? {};
    centre.does({ type: "handedOver", callId, offerId });
    centre.does({ type: "conversationEnded", callId, offerId });
    centre.does({ type: "callHungUp", callId });
    expect(centre.shift("ines").state).toBe("handedOver");
    centre.operator("ines", "ready");
    expect(centre.shift("ines").state).toBe("available");
  });
});

describe("a call whose flow wants it back when nobody is there", () => {
  test("is told when it joins and when the last operator goes, not while somebody is on a pause", () => {
    const centre = new CallCentre();
    centre.joins("call_1", { leaveWhenUnstaffed: true });
    expect(centre.intents("unstaffed")).toMatchObject([{ callId: "call_1", entry: 1 }]);
    centre.signsIn("ines");
    centre.does({ type: "paused", shiftId: "shift_ines", label: null });
    centre.after(1_000);
    centre.refuses("ines");
    expect(centre.intents("unstaffed")).toEqual([]);
    centre.operator("ines", "signedOut");
    expect(centre.intents("unstaffed")).toMatchObject([{ callId: "call_1" }]);
  });
});

describe("a decision", () => {
  test("gives back the very same state when nothing follows, and the same objects for what did not change", () => {
    const centre = ringing();
    const before = centre.state;
    expect(centre.does({ type: "sweep" }).state).toBe(before);
    centre.signsIn("paul");
    expect(centre.state.shifts.shift_ines).toBe(before.shifts.shift_ines);
    expect(centre.state.calls).toBe(before.calls);
    expect(changes(before, centre.state).map(({ kind, after }) => `${kind} ${after.id}`)).toEqual(["shift shift_paul"]);
  });

  test("survives JSON, and the same arguments give the same decision", () => {
    const centre = offered();
    const state = JSON.parse(JSON.stringify(centre.state));
    const moment = { now: 500, fresh: "f" };
    const event = { type: "callHungUp", callId: "call_1" } as const;
    expect(decide(state, event, moment)).toEqual(decide(centre.state, event, moment));
  });

  test("never gives an offer a name that is in use, should a host repeat itself", () => {
    const centre = offered();
    const { state } = decide(centre.state, { type: "callHungUp", callId: "call_1" }, { now: 1, fresh: "f3" });
    const next = { entry: 1, queueIds: ["sales"], place: 7, priority: 0, leaveWhenUnstaffed: false };
    const used = Object.keys(state.offers)[0]?.replace("offer_", "") ?? "";
    const after = decide(state, { type: "callJoined", callId: "call_2", ...next }, { now: 2, fresh: used }).state;
    expect(Object.keys(after.offers)).toHaveLength(2);
  });
});

describe("a call that is for somebody in particular", () => {
  const named = (operatorId: string, only: boolean) => ({ named: { operatorId, only }, leaveWhenUnstaffed: true });

  test("goes to them whoever else is free, also where they do not serve the queue, and says so", () => {
    const centre = new CallCentre({}, { id: "other", operatorIds: ["max"] });
    centre.signsIn("ines");
    centre.signsIn("max");
    centre.joins("call_1", named("max", true));
    expect(centre.whoHas("call_1")).toBe("max");
    expect(centre.offerTo("max")?.why).toMatchObject({ first: "named", not: { notAsked: ["ines", "paul", "zoe"] } });
    expect(centre.intents("unstaffed")).toEqual([]);
  });

  test("and for nobody else: the flow has it back when they refuse, or are not free", () => {
    const centre = new CallCentre();
    centre.signsIn("ines");
    centre.signsIn("paul");
    centre.joins("call_1", named("paul", true));
    centre.refuses("paul");
    expect(centre.whoHas("call_1")).toBeUndefined();
    expect(centre.intents("unstaffed")).toEqual([{ type: "unstaffed", callId: "call_1", entry: 1 }]);
    centre.does({ type: "paused", shiftId: "shift_paul", label: null });
    centre.joins("call_2", named("paul", true));
    expect(centre.intents("unstaffed")).toMatchObject([{ callId: "call_1" }, { callId: "call_2" }]);
  });

  test("comes back to who has just talked to the caller, in their wrap-up, and otherwise waits in line", () => {
    const centre = talking();
    centre.signsIn("paul");
    centre.telephone("ines", "conversationEnded");
    centre.joins("call_1", { entry: 2, ...named("ines", false) });
    expect(centre.whoHas("call_1")).toBe("ines");
    centre.refuses("ines");
    expect(centre.whoHas("call_1")).toBe("paul");
  });

  test("does not take somebody out of what they planned after the call", () => {
    const centre = talking();
    centre.signsIn("paul");
    centre.does({ type: "paused", shiftId: "shift_ines", label: "lunch" });
    centre.telephone("ines", "conversationEnded");
    centre.joins("call_1", { entry: 2, ...named("ines", false) });
    expect(centre.whoHas("call_1")).toBe("paul");
    expect(centre.shift("ines").state).toBe("wrapUp");
  });
});
