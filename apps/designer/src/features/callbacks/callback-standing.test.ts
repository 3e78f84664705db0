import { expect, test } from "vitest";
import { possibleWith, standingOf } from "./callback-standing.ts";

test("a callback stands for what holds it back, who has it, or what became of it", () => {
  expect(standingOf({ state: "waiting", heldBack: null, result: null })).toBe("waiting");
  expect(standingOf({ state: "waiting", heldBack: "closed", result: null })).toBe("closed");
  expect(standingOf({ state: "calling", heldBack: null, result: null })).toBe("calling");
  expect(standingOf({ state: "over", heldBack: null, result: "givenUp" })).toBe("givenUp");
});

test("what an operator has before them can be taken back, what they make cannot, and neither gets another number", () => {
  expect(possibleWith({ state: "waiting", heldBack: null })).toEqual({ change: true, cancel: true, callNow: false });
  expect(possibleWith({ state: "offered", heldBack: null })).toEqual({ change: false, cancel: true, callNow: false });
  expect(possibleWith({ state: "calling", heldBack: null })).toEqual({ change: false, cancel: false, callNow: false });
  expect(possibleWith({ state: "over", heldBack: null })).toEqual({ change: false, cancel: false, callNow: false });
});

test("only what waits for a time or for opening hours can be hurried: a caller in line is on the telephone", () => {
  const hurried = (["slot", "retry", "closed", "onTheLine"] as const).map(
    (heldBack) => possibleWith({ state: "waiting", heldBack }).callNow,
  );
  expect(hurried).toEqual([true, true, true, false]);
});
