import { expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";
import type { Queue } from "./types.ts";

const minute = 60_000;
const rules = { most: 2, attempts: 2, retryMs: 15 * minute, scheduleId: null };

/** A centre with Inès at her desk. */
function open(callbacks: Queue["callbacks"] = rules): CallCentre {
  const centre = new CallCentre({ callbacks });
  centre.signsIn("ines");
  return centre;
}

/** Inès has accepted, her telephone was answered, the number is being rung. */
function dialling(centre = open()): CallCentre {
  centre.promises("cb_1");
  centre.accepts("ines");
  centre.telephone("ines", "telephoneRinging");
  return centre;
}

test("a promised callback waits in line at the place of the call that it was promised to, and is offered like one", () => {
  const centre = new CallCentre({ callbacks: rules });
  centre.joins("call_1");
  centre.joins("call_2");
  centre.does({ type: "callLeft", callId: "call_1", entry: 1 });
  centre.promises("cb_1", { place: 1 });
  centre.signsIn("ines");
  expect(centre.whoHas("cb_1")).toBe("ines");
  centre.signsIn("paul");
  expect(centre.whoHas("call_2")).toBe("paul");
});

test("an operator who accepts goes by dialling to talking and wrap-up, and the promise is kept", () => {
  const centre = open();
  centre.promises("cb_1");
  expect(centre.intents("offer")).toHaveLength(1);
  centre.accepts("ines");
  expect(centre.shift("ines").state).toBe("dialling");
  expect(centre.intents("connect")).toMatchObject([{ callId: "cb_1", entry: 1, telephoneId: "tel_ines" }]);
  centre.telephone("ines", "telephoneAnswered");
  expect(centre.shift("ines")).toMatchObject({ state: "talking", callsTaken: 1 });
  expect(centre.call("cb_1")).toMatchObject({
    leftReason: "answered",
    callback: { attempts: [{ result: "answered" }] },
  });
  expect(centre.intents("callbackOver")).toMatchObject([{ callbackId: "cb_1", reason: "answered" }]);
  centre.telephone("ines", "conversationEnded");
  expect(centre.shift("ines").state).toBe("wrapUp");
});

test("a number that is busy uses up an attempt: rung again after the stated time, then given up and reported", () => {
  const centre = dialling();
  centre.numberFails("ines", "busy");
  expect(centre.shift("ines").state).toBe("available");
  expect(centre.intents("tellOperator")).toMatchObject([{ code: "numberBusy" }]);
  expect(centre.call("cb_1")).toMatchObject({ state: "waiting", closedAt: null });
  expect(centre.intents("scheduleAt")).toMatchObject([{ at: 15 * minute }]);
  expect(centre.after(14 * minute).intents.filter(({ type }) => type === "offer")).toEqual([]);
  centre.after(minute);
  expect(centre.whoHas("cb_1")).toBe("ines");
  centre.accepts("ines");
  centre.numberFails("ines", "silent");
  expect(centre.call("cb_1")).toMatchObject({
    leftReason: "givenUp",
    callback: { attempts: [{ result: "numberBusy" }, { result: "numberSilent" }] },
  });
  expect(centre.intents("callbackOver")).toMatchObject([{ reason: "givenUp" }]);
});

test("an operator whose own telephone is busy is set aside with the reason; the callback goes to the next, no attempt used", () => {
  const centre = dialling();
  centre.signsIn("paul");
  centre.fails("ines", "busy");
  expect(centre.shift("ines")).toMatchObject({ state: "paused", pauseReason: "telephoneBusy" });
  expect(centre.whoHas("cb_1")).toBe("paul");
  expect(centre.call("cb_1").callback?.attempts).toEqual([]);
});

test("an operator who is gone before the number answered leaves the callback at its place, for somebody else first", () => {
  const centre = dialling();
  const { place } = centre.call("cb_1");
  centre.telephone("ines", "conversationEnded");
  expect(centre.shift("ines").state).toBe("available");
  expect(centre.call("cb_1")).toMatchObject({ state: "waiting", place });
  centre.signsIn("paul");
  expect(centre.whoHas("cb_1")).toBe("paul");
});

test("what an ended attempt says late, or again, does nothing to the next one", () => {
  const centre = dialling();
  const { offerId } = centre.shift("ines").current ?? {};
  centre.telephone("ines", "conversationEnded");
  centre.signsIn("paul");
  centre.accepts("paul");
  for (const type of ["telephoneAnswered", "conversationEnded"] as const) {
    expect(centre.does({ type, callId: "cb_1", offerId: offerId ?? "" }).result).toMatchObject({ ok: false });
  }
  centre.does({ type: "numberFailed", callId: "cb_1", offerId: offerId ?? "", how: "busy" });
  centre.does({ type: "callHungUp", callId: "cb_1" });
  expect(centre.shift("paul").state).toBe("dialling");
});

test("it is offered while its hours are open, its own before the queue's", () => {
  const centre = open({ ...rules, scheduleId: "hours" });
  centre.promises("cb_1");
  centre.promises("cb_2", { number: "+332", scheduleId: "own" });
  expect(centre.offerTo("ines")).toBeUndefined();
  centre.does({ type: "schedulesSeen", open: ["own"] });
  expect(centre.whoHas("cb_2")).toBe("ines");
  centre.signsIn("paul");
  expect(centre.offerTo("paul")).toBeUndefined();
  centre.does({ type: "schedulesSeen", open: ["hours", "own"] });
  expect(centre.whoHas("cb_1")).toBe("paul");
});

test("asked for now, neither hours nor the time between attempts hold it back", () => {
  const centre = open({ ...rules, scheduleId: "hours" });
  centre.promises("cb_1");
  centre.does({ type: "callbackUrged", callId: "cb_1" });
  centre.accepts("ines");
  centre.numberFails("ines", "busy");
  expect(centre.call("cb_1").state).toBe("waiting");
  centre.does({ type: "callbackUrged", callId: "cb_1" });
  expect(centre.whoHas("cb_1")).toBe("ines");
});

test("a number is promised once a queue; a queue promises no more than it may", () => {
  const centre = new CallCentre({ callbacks: rules }, { id: "help", callbacks: rules });
  expect(centre.promises("cb_1").result).toEqual({ ok: true });
  expect(centre.promises("cb_1").result).toEqual({ ok: true, note: "already" });
  expect(centre.promises("cb_2").result).toEqual({ ok: true, note: "merged" });
  expect(centre.promises("cb_3", { queueId: "help" }).result).toEqual({ ok: true });
  expect(centre.promises("cb_4", { number: "+332" }).result).toEqual({ ok: true });
  expect(centre.promises("cb_5", { number: "+333" }).result).toEqual({ ok: false, reason: "full" });
});

test("a caller who calls again keeps the promise until an operator answers: not rung meanwhile, and no more afterwards", () => {
  const centre = new CallCentre({ callbacks: rules });
  centre.promises("cb_1");
  centre.joins("call_1", { number: "+331" });
  centre.signsIn("ines");
  expect(centre.whoHas("call_1")).toBe("ines");
  centre.signsIn("paul");
  expect(centre.offerTo("paul")).toBeUndefined();
  centre.accepts("ines");
  centre.telephone("ines", "telephoneAnswered");
  expect(centre.call("cb_1").leftReason).toBe("calledIn");
});

test("a caller who calls again and hangs up is called back", () => {
  const centre = new CallCentre({ callbacks: rules });
  centre.promises("cb_1");
  centre.joins("call_1", { number: "+331" });
  centre.does({ type: "callHungUp", callId: "call_1" });
  centre.signsIn("ines");
  expect(centre.whoHas("cb_1")).toBe("ines");
});

test("taken back, its pop-up closes; one that is being made is not taken back", () => {
  const centre = open();
  centre.promises("cb_1");
  centre.does({ type: "callbackCancelled", callId: "cb_1" });
  expect(centre.intents("withdrawOffer")).toMatchObject([{ reason: "cancelled" }]);
  expect(centre.shift("ines").state).toBe("available");
  centre.promises("cb_2");
  centre.accepts("ines");
  expect(centre.does({ type: "callbackCancelled", callId: "cb_2" }).result).toEqual({ ok: false, reason: "underWay" });
});

test("an operator's own is made by them, whoever waits or is idle longer, and tried once", () => {
  const centre = open();
  centre.later(1_000).signsIn("paul");
  expect(centre.takes("paul", "cb_1").result).toEqual({ ok: true });
  expect(centre.shift("paul").state).toBe("dialling");
  expect(centre.whoHas("cb_1")).toBe("paul");
  expect(centre.offerTo("paul")?.why).toMatchObject({ first: "taken", not: { notAsked: ["ines", "zoe"] } });
  centre.numberFails("paul", "unreachable");
  expect(centre.call("cb_1")).toMatchObject({ leftReason: "givenUp", callback: { attempts: [{}] } });
});

test("an operator who is not free promises nothing by trying, and who takes a number that was promised takes that promise", () => {
  const centre = new CallCentre({ callbacks: { ...rules, scheduleId: "hours" } });
  centre.promises("cb_1");
  centre.signsIn("ines");
  centre.does({ type: "paused", shiftId: "shift_ines", label: null });
  expect(centre.takes("ines", "cb_2").result).toEqual({ ok: false, reason: "wrongState" });
  centre.operator("ines", "resumed");
  centre.takes("ines", "cb_2");
  expect(centre.whoHas("cb_1")).toBe("ines");
  expect(Object.keys(centre.state.calls)).toEqual(["cb_1.1"]);
});

test("a callback that another operator has before them is not taken from them", () => {
  const centre = open();
  centre.promises("cb_1");
  centre.signsIn("paul");
  expect(centre.takes("paul", "cb_1").result).toEqual({ ok: false, reason: "underWay" });
});

test("the number can be changed while nobody has it before them, but not to one that is promised already", () => {
  const centre = new CallCentre({ callbacks: rules });
  centre.promises("cb_1");
  centre.promises("cb_2", { number: "+332" });
  const change = (number: string) => centre.does({ type: "callbackChanged", callId: "cb_1", number }).result;
  expect(change("+332")).toEqual({ ok: true, note: "merged" });
  expect(change("+333")).toEqual({ ok: true });
  expect(centre.call("cb_1").number).toBe("+333");
  centre.signsIn("ines");
  expect(change("+334")).toEqual({ ok: false, reason: "underWay" });
});

test("a callback is not made while the call in which it was promised goes on, not even when asked for now; an operator may", () => {
  const centre = open();
  centre.promises("cb_1", { heldFor: "call_1" });
  centre.does({ type: "callbackUrged", callId: "cb_1" });
  expect(centre.call("cb_1").state).toBe("waiting");
  centre.does({ type: "callHungUp", callId: "call_2" });
  expect(centre.call("cb_1").state).toBe("waiting");
  centre.does({ type: "callHungUp", callId: "call_1" });
  expect(centre.whoHas("cb_1")).toBe("ines");
  const other = open();
  other.promises("cb_1", { heldFor: "call_1" });
  other.takes("ines", "cb_1");
  expect(other.shift("ines").state).toBe("dialling");
});

test("a callback is made from the time that was chosen, before those who came later, and from then on waits like every other", () => {
  const centre = open();
  const slotAt = centre.now + 60 * minute;
  centre.promises("cb_1", { slotAt });
  expect(centre.call("cb_1")).toMatchObject({ state: "waiting", callback: { slotAt } });
  expect(centre.intents("scheduleAt").at(-1)?.at).toBe(slotAt);
  centre.after(59 * minute);
  expect(centre.offerTo("ines")).toBeUndefined();
  centre.does({ type: "paused", shiftId: "shift_ines", label: null });
  centre.joins("call_1");
  centre.later(minute).operator("ines", "resumed");
  expect(centre.whoHas("cb_1")).toBe("ines");
  centre.accepts("ines");
  centre.numberFails("ines", "silent");
  expect(centre.call("cb_1").callback).toMatchObject({ slotAt, notBefore: centre.now + rules.retryMs });
});

test("a slot takes as many promises as its queue allows, the next one and another day's as many again", () => {
  const centre = open({ ...rules, most: null, slots: { lengthMs: 30 * minute, most: 1 } });
  const slotAt = centre.now + 60 * minute;
  expect(centre.promises("cb_1", { slotAt }).result).toEqual({ ok: true });
  expect(centre.promises("cb_2", { number: "+332", slotAt }).result).toEqual({ ok: false, reason: "slotFull" });
  expect(centre.promises("cb_2", { number: "+332", slotAt: slotAt + 10 * minute }).result.ok).toBe(false);
  expect(centre.promises("cb_2", { number: "+332", slotAt: slotAt + 30 * minute }).result).toEqual({ ok: true });
  expect(centre.promises("cb_3", { number: "+333" }).result).toEqual({ ok: true });
  centre.does({ type: "callbackCancelled", callId: "cb_1" });
  expect(centre.does({ type: "callbackMoved", callId: "cb_2", slotAt }).result).toEqual({ ok: true });
});

test("who asks again and chooses another time is called at that one; who is not asked keeps the time they had", () => {
  const centre = open();
  const slotAt = centre.now + 60 * minute;
  centre.promises("cb_1", { slotAt });
  expect(centre.promises("cb_2").result).toEqual({ ok: true, note: "merged" });
  expect(centre.call("cb_1").callback?.slotAt).toBe(slotAt);
  expect(centre.promises("cb_3", { slotAt: slotAt + minute }).result).toEqual({ ok: true, note: "merged" });
  expect(centre.call("cb_1").callback).toMatchObject({ slotAt: slotAt + minute, notBefore: slotAt + minute });
  expect(centre.promises("cb_4", { slotAt: null }).result).toEqual({ ok: true, note: "merged" });
  expect(centre.whoHas("cb_1")).toBe("ines");
});

test("what waits for its time can be asked for now, and is not put off while an operator has it before them", () => {
  const centre = open();
  const slotAt = centre.now + 60 * minute;
  centre.promises("cb_1", { slotAt });
  centre.does({ type: "callbackUrged", callId: "cb_1" });
  expect(centre.whoHas("cb_1")).toBe("ines");
  expect(centre.does({ type: "callbackMoved", callId: "cb_1", slotAt: slotAt + minute }).result).toEqual({
    ok: false,
    reason: "underWay",
  });
});
