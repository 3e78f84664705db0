import fc from "fast-check";
import { expect, test } from "vitest";
import { type Correction, corrected } from "./corrected.ts";
import type { OperatorTime } from "./operator-time.ts";

const time = (
  state: OperatorTime["state"],
  from: number,
  until: number,
  more: Partial<OperatorTime> = {},
): OperatorTime => ({
  ...{
    operatorId: "ines",
    shiftId: "s",
    state,
    from,
    until,
    pauseReason: null,
    pauseLabel: null,
    callId: null,
    queueId: null,
  },
  ...more,
});
const correction = (as: Correction["as"], from: number, until: number, label: string | null = null): Correction => ({
  ...{ operatorId: "ines", as, from, until, label },
});
const told = (times: readonly OperatorTime[]) =>
  [...times]
    .sort((a, b) => a.from - b.from)
    .map(({ state, from, until, goesOn }) => `${state} ${from}-${until}${goesOn ? "…" : ""}`);

test("a pause that nobody had pressed is one, but for the call in the middle of it", () => {
  const day = [time("available", 0, 10), time("talking", 10, 20), time("available", 20, 50, { goesOn: true })];
  expect(told(corrected(day, [correction("paused", 5, 30, "lunch")]))).toEqual([
    ...["available 0-5", "paused 5-10", "talking 10-20", "paused 20-30", "available 30-50…"],
  ]);
});

test("who forgot to sign out was not there; who forgot to sign in was", () => {
  const day = [time("available", 0, 100, { goesOn: true })];
  expect(told(corrected(day, [correction("absent", 40, 100)]))).toEqual(["available 0-40"]);
  expect(told(corrected([], [correction("available", 0, 40)]))).toEqual(["available 0-40"]);
});

test("the later correction holds, and nobody else's time is touched", () => {
  const other = time("paused", 0, 50, { operatorId: "theo" });
  const both = corrected(
    [time("available", 0, 50), other],
    [correction("absent", 0, 50), correction("paused", 10, 20)],
  );
  expect(told(both)).toEqual(["paused 0-50", "paused 10-20"]);
});

test("whatever is corrected: no time counts twice, and calls stay to the millisecond", () => {
  const states = fc.constantFrom("available", "paused", "talking", "wrapUp", "dialling");
  const day = fc.array(
    fc.record({ state: states, ms: fc.integer({ min: 1, max: 30 }), gap: fc.integer({ min: 0, max: 5 }) }),
  );
  const said = fc.array(
    fc.record({
      as: fc.constantFrom("available", "paused", "absent"),
      from: fc.nat(200),
      ms: fc.integer({ min: 1, max: 80 }),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(day, said, (stretches, fixes) => {
      let at = 0;
      const times = stretches.map(({ state, ms, gap }) => {
        const from = at + gap;
        at = from + ms;
        return time(state as OperatorTime["state"], from, at);
      });
      const after = corrected(
        times,
        fixes.map(({ as, from, ms }) => correction(as as Correction["as"], from, from + ms)),
      );
      const inOrder = [...after].sort((a, b) => a.from - b.from);
      for (const [index, one] of inOrder.entries()) {
        expect(one.until).toBeGreaterThan(one.from);
        expect(inOrder[index + 1]?.from ?? one.until).toBeGreaterThanOrEqual(one.until);
      }
      const calls = (list: readonly OperatorTime[]) =>
        told(list.filter(({ state }) => state !== "available" && state !== "paused"));
      expect(calls(after)).toEqual(calls(times));
    }),
  );
});
