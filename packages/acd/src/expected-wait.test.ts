import { expect, test } from "vitest";
import { expectedWaitMs, positionIn } from "./expected-wait.ts";
import type { Queue, Shift, WaitingCall } from "./types.ts";

const now = 1_000_000;
const minute = 60_000;
const queue = (id: string, more: Partial<Queue> = {}): Queue => ({
  ...{ id, companyId: "co", operatorIds: [], order: "fixed", offerMs: 1, wrapUpMs: null, refusalAllowed: true },
  ...{ missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, ...more },
});
let places = 0;
const caller = (id: string, more: Partial<WaitingCall> = {}): WaitingCall => ({
  ...{ id, companyId: "co", callId: id, entry: 1, rev: 1, number: null, callback: null, queueIds: ["a"] },
  ...{ place: ++places, priority: 0, joinedAt: now - minute, closedAt: null, leftReason: null, state: "waiting" },
  ...{ offerIds: [], leaveWhenUnstaffed: false, dialConfirmed: false, refusedBy: {}, ...more },
});
const shift = (id: string, more: Partial<Shift> = {}): Shift => ({
  ...{ id, companyId: "co", operatorId: id, rev: 1, signedInAt: 0, closedAt: null, state: "talking", since: 0 },
  ...{ pauseReason: null, pauseLabel: null, wrapUpUntil: null, telephoneId: null, queueIds: ["a"], current: null },
  ...{ after: null, connection: { id: null, since: 0 }, orphanedLeg: null, lastOffer: null, idleSince: 0 },
  ...{ lastOfferedAt: null, callsTaken: 0, offersRefused: 0, offersMissed: 0, ...more },
});
const queues = { a: queue("a"), b: queue("b", { priority: 5 }) };
const callback = { ...{ scheduleId: null, heldFor: null, notBefore: 0, urgent: false, once: false } };
const promise = { ...callback, attemptsAllowed: 3, retryMs: 0, attempts: [] };

test("a caller stands behind everybody who is served before them, callbacks too", () => {
  const calls = [
    caller("first"),
    caller("promised", { callback: promise }),
    caller("mine"),
    caller("vip", { priority: 9 }),
    caller("elsewhere", { queueIds: ["b"] }),
    caller("rings", { state: "connecting", priority: 9 }),
  ];
  const line = { queues, calls, now };
  expect(["vip", "first", "promised", "mine"].map((id) => positionIn(line, "a", id))).toEqual([1, 2, 3, 4]);
  expect(positionIn(line, "a", "rings")).toBeNull();
  expect(positionIn(line, "a", "elsewhere")).toBeNull();
});

test("a callback that may not be made yet is in nobody's way", () => {
  const calls = [
    caller("later", { callback: { ...promise, notBefore: now + 1 } }),
    caller("onTheLine", { callback: { ...promise, heldFor: "call_1" } }),
    caller("mine"),
  ];
  expect(positionIn({ queues, calls, now }, "a", "mine")).toBe(1);
});

const handling = { calls: 10, ms: 10 * 3 * minute };
const wait = (shifts: readonly Shift[], before: number, calls: readonly WaitingCall[] = [], of = handling) =>
  expectedWaitMs({ calls, shifts, handling: of }, "a", before);

test("the wait is as many conversations as are before the caller, and one, among those who serve the queue", () => {
  expect(wait([shift("one")], 0)).toBe(3 * minute);
  expect(wait([shift("one")], 3)).toBe(12 * minute);
  expect(wait([shift("one"), shift("two", { state: "wrapUp" })], 3)).toBe(6 * minute);
});

test("an operator who serves another queue where callers wait counts for their share", () => {
  const both = [shift("one", { queueIds: ["a", "b"] })];
  expect(wait(both, 0)).toBe(3 * minute);
  expect(wait(both, 0, [caller("there", { queueIds: ["b"] })])).toBe(6 * minute);
});

test("nothing is said where nobody is signed in, or too few conversations were seen", () => {
  expect(wait([], 0)).toBeNull();
  expect(wait([shift("paused", { state: "paused" }), shift("gone", { closedAt: 1 })], 0)).toBeNull();
  expect(wait([shift("elsewhere", { queueIds: ["b"] })], 0)).toBeNull();
  expect(wait([shift("one")], 0, [], { calls: 4, ms: 4 * minute })).toBeNull();
});

test("there is no wait while somebody is free and nobody is before the caller", () => {
  expect(wait([shift("free", { state: "available" })], 0)).toBe(0);
  expect(wait([shift("free", { state: "available" })], 1)).toBe(6 * minute);
});
