import { expect, test } from "vitest";
import { aCall, aCallback, aView } from "../testing/a-view.ts";
import { canRing, isExpected, isInCall } from "./softphone-state.ts";

const ours = aCall();
test.each([
  ["the call that was accepted", ours.callId, aView({ state: "ringing", call: ours }), true],
  ["the call that was dialled", ours.callId, aView({ state: "dialling", call: ours }), true],
  [
    "a callback, whose call has an id of its own",
    "call_9",
    aView({ state: "dialling", call: { ...ours, callback: aCallback() } }),
    true,
  ],
  ["one's own telephone being tried", "call_9", aView({ state: "dialling", call: null }), true],
  ["a call that lost its header on the way", null, aView({ state: "ringing", call: ours }), true],
  ["a colleague who calls just then", "call_9", aView({ state: "ringing", call: ours }), false],
  ["a colleague who calls while nothing is accepted", "call_9", aView({ state: "available" }), false],
  ["a call while one talks", ours.callId, aView({ state: "talking", call: ours }), false],
  ["a call before the server has said anything", null, null, false],
] as const)("%s is picked up by itself: %#", (_, callId, view, expected) => {
  expect(isExpected(callId, view)).toBe(expected);
});

test("a conversation may go on until the desk says that it is over", () => {
  expect(isInCall(aView({ state: "talking" }))).toBe(true);
  expect(isInCall(aView({ state: "wrapUp" }))).toBe(false);
  expect(isInCall(null)).toBe(false);
});

test("a browser that the telephone system does not reach, or that has no microphone, is not said to ring", () => {
  expect(canRing({ status: "ready", microphone: "unknown" })).toBe(true);
  for (const status of ["lost", "refused", "impossible"] as const)
    expect(canRing({ status, microphone: "ready" })).toBe(false);
  for (const microphone of ["blocked", "missing"] as const)
    expect(canRing({ status: "ready", microphone })).toBe(false);
});
