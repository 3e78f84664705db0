import { expect, test } from "vitest";
import { type CountAsked, counted } from "./counted.ts";
import type { Period } from "./periods.ts";
import { emptySums, type Sums } from "./sums.ts";

const asked: CountAsked = {
  ...{
    companyId: "co",
    timeZone: "Europe/Paris",
    report: "lines",
    step: "hourOfDay",
    weekdays: [],
    wanted: null,
    by: null,
  },
  ...{ from: "2026-11-23", to: "2026-11-25", goalOf: () => 20_000, now: Date.UTC(2026, 10, 26, 12) },
};
/** Eight in the morning in Paris. */
const at = (day: number) => Date.UTC(2026, 10, day, 7);

/** A reader of quarters that have so many calls each, every one of 60 s. */
function reading(calls: readonly (readonly [quarter: number, calls: number])[]) {
  const read: Period[] = [];
  return {
    read,
    reader: async (_companyId: string, period: Period) => {
      read.push(period);
      const slots: Sums[] = period.slots.map(emptySums);
      const busy = calls.filter(([quarter]) => period.slotOf(quarter) >= 0).map(([quarter]) => quarter);
      for (const [quarter, count] of calls) {
        const slot = slots[period.slotOf(quarter)];
        const known = slot?.calls["line|inbound||"] ?? {};
        if (slot)
          slot.calls["line|inbound||"] = {
            ...{ calls: (known.calls ?? 0) + count, answered: (known.answered ?? 0) + count },
            ...{ durationMs: (known.durationMs ?? 0) + count * 60_000, talkMs: (known.talkMs ?? 0) + count * 50_000 },
          };
      }
      return { slots, counting: false, busy };
    },
  };
}

test("a typical day has the mean of what adds up over the days that have anything; means stay as they are", async () => {
  const { reader } = reading([
    [at(23), 4],
    [at(23) + 900_000, 1],
    [at(25), 2],
  ]);
  const typical = await counted(reader, asked);
  expect(typical.days).toBe(2);
  const total = { calls: 3.5, answered: 3.5, averageDurationMs: 60_000, talkMs: 175_000 };
  expect(typical.figures(typical.total)).toMatchObject(total);
  expect(typical.figures(typical.slots[8]?.all ?? typical.total)).toMatchObject(total);
  const quarters = await counted(reader, { ...asked, step: "quarterOfDay" });
  expect(quarters.slots.slice(31, 34).map(({ all }) => quarters.figures(all).calls)).toEqual([0, 3, 0.5]);
  const mondays = await counted(reader, { ...asked, weekdays: [1] });
  expect([mondays.days, mondays.figures(mondays.total).calls]).toEqual([1, 5]);
  const sundays = await counted(reader, { ...asked, weekdays: [7] });
  expect([sundays.days, sundays.figures(sundays.total).calls]).toEqual([0, 0]);
});

test("what is not over is in no typical day, and what is later than the cut is in no total", async () => {
  const { reader, read } = reading([
    [at(23), 4],
    [at(25), 2],
  ]);
  const going = await counted(reader, { ...asked, now: at(25) + 3_600_000 });
  expect([going.days, going.figures(going.total).calls]).toEqual([1, 4]);
  const cut = await counted(reader, { ...asked, step: "day", cutAt: at(24) + 100_000 });
  expect(cut.days).toBeNull();
  expect([cut.until, read.at(-1)?.until]).toEqual([at(24), at(24)]);
});
