import { expect, test } from "vitest";
import { isBusy, isTransition, operatorTransitions } from "./operator-states.ts";
import { operatorStates } from "./types.ts";

/** The operator's day as the product describes it; a line reads `from → to | or to → and on`. */
const described = [
  "offline → available",
  "available → paused",
  "paused → available",
  "available → offered → available | paused | ringing",
  "ringing → talking | paused",
  "talking → wrapUp → available | paused | offline",
  "available → dialling → talking",
  "available → offered → dialling → talking",
  "talking → handedOver → wrapUp",
];

/** What the description leaves open, with what it is for. */
const besides = [
  "available → offline", // signing out while free
  "paused → offline",
  "paused → paused", // lunch after a missed call: another reason, another clock
  "ringing → available", // the caller hangs up before the operator's telephone answers
  "dialling → available", // nobody answers a dialled call
  "dialling → paused", // the operator's own telephone, rung first, does not answer; or they dialled in a pause
  "paused → dialling", // an operator dials in a pause, and is back in it afterwards
];

function waysIn(lines: readonly string[]): readonly string[] {
  const ways = lines.flatMap((line) => {
    const stops = line.split(" → ").map((stop) => stop.split(" | "));
    return stops.slice(1).flatMap((tos, at) => tos.map((to) => `${stops[at]?.[0]} → ${to}`));
  });
  return [...new Set(ways)].sort();
}

test("the table has the ways of the description, the few that it leaves open, and no other", () => {
  const table = operatorTransitions.map(({ from, to }) => `${from} → ${to}`).sort();
  expect(table).toEqual([...waysIn([...described, ...besides])].sort());
});

test("every pair of states outside the table is refused, and every pause needs one of its reasons", () => {
  const pairs = operatorStates.flatMap((from) => operatorStates.map((to) => ({ from, to })));
  const open = pairs.filter(({ from, to }) => to !== "paused" && isTransition(from, to, null));
  expect(open).toHaveLength(operatorTransitions.filter(({ to }) => to !== "paused").length);
  for (const { from, to } of pairs) if (to === "paused") expect(isTransition(from, to, null)).toBe(false);
  expect(isTransition("ringing", "paused", "telephoneBusy")).toBe(true);
  expect(isTransition("ringing", "paused", "missed")).toBe(false);
  expect(isTransition("offered", "paused", "asked")).toBe(false);
});

test("an operator is on something in every state but offline, available and paused", () => {
  expect(operatorStates.filter((state) => !isBusy(state))).toEqual(["offline", "available", "paused"]);
});
