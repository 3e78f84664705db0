import { describe, expect, test } from "vitest";
import { type MadeCall, type NextCallGiven, nextCall } from "./next-call.ts";

const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 24, 3);

/** Lets alarms call for a while, each call lasting half a minute, and says who was called when, about what. */
function calling(
  given: Partial<Pick<NextCallGiven, "settings" | "numbers">>,
  alarmsAt: (minute: number) => readonly string[],
  minutes: number,
) {
  const made: MadeCall[] = [];
  const settings = given.settings ?? { rounds: 2, repeatMinutes: 15, perHour: 12 };
  const numbers = given.numbers ?? [
    { number: "ann", open: true },
    { number: "bob", open: true },
  ];
  const told: string[] = [];
  for (let at = 0; at < minutes; at += 0.5) {
    const now = start + at * MINUTE;
    const next = nextCall({ settings, numbers, alarmIds: alarmsAt(at), calls: made, now });
    if (!next) continue;
    const number = numbers[next.place]?.number ?? "?";
    made.unshift({ number, at: now, endedAt: now + MINUTE / 2, round: next.round, alarmIds: next.alarmIds });
    told.push(`${at} ${number} ${next.alarmIds.join("+")}`);
  }
  return told;
}

describe("whom an alarm calls", () => {
  test("one after the other, again after the pause, and then nobody any more", () => {
    expect(calling({}, () => ["disk"], 120)).toEqual(["0 ann disk", "0.5 bob disk", "16 ann disk", "16.5 bob disk"]);
  });

  test("what goes wrong meanwhile is told with it; after the round it calls at once", () => {
    const alarms = (at: number) => ["disk", ...(at >= 0.5 ? ["speech"] : []), ...(at >= 5 ? ["store"] : [])];
    expect(calling({}, alarms, 20)).toEqual([
      ...["0 ann disk", "0.5 bob disk+speech"],
      ...["5 ann disk+speech+store", "5.5 bob disk+speech+store"],
    ]);
  });

  test("nobody while a call goes on, nor about nothing", () => {
    const call = { number: "ann", at: start, endedAt: null, round: 1, alarmIds: ["disk"] };
    const given = { settings: { rounds: 1, repeatMinutes: 5, perHour: 9 }, numbers: [{ number: "bob", open: true }] };
    expect(nextCall({ ...given, alarmIds: ["disk", "new"], calls: [call], now: start + 1 })).toBeNull();
    expect(nextCall({ ...given, alarmIds: [], calls: [], now: start })).toBeNull();
  });

  test("only who has their hours; nobody has: later", () => {
    const numbers = [
      { number: "ann", open: false },
      { number: "bob", open: true },
    ];
    expect(calling({ numbers }, () => ["disk"], 10)).toEqual(["0 bob disk"]);
    const shut = numbers.map(({ number }) => ({ number, open: false }));
    expect(calling({ numbers: shut }, () => ["disk"], 60)).toEqual([]);
  });

  test("never more calls an hour than allowed, however much goes wrong", () => {
    const settings = { rounds: 10, repeatMinutes: 5, perHour: 4 };
    const told = calling({ settings }, (at) => [`alarm${Math.floor(at / 2)}`], 120);
    const times = told.map((one) => Number(one.split(" ")[0]));
    for (const at of times) expect(times.filter((other) => other > at - 60 && other <= at).length).toBeLessThan(5);
    expect(times.length).toBe(8);
  });

  test("a confirmed alarm is not among them: the rest of the round is not called", () => {
    expect(calling({}, (at) => (at < 0.5 ? ["disk"] : []), 60)).toEqual(["0 ann disk"]);
  });
});
