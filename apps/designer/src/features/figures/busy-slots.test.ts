import type { DayFigures } from "@cordboard/api";
import { expect, test } from "vitest";
import { busySlots } from "./busy-slots.ts";

type Slot = DayFigures["slots"][number];
const nothing: Slot["figures"] = {
  offered: 0,
  answered: 0,
  abandoned: 0,
  shortAbandoned: 0,
  left: 0,
  waiting: 0,
  answeredInTime: 0,
  serviceLevel: null,
  averageAnswerMs: null,
  averageWaitMs: null,
  longestWaitMs: null,
  talkMs: 0,
  averageTalkMs: null,
  wrapUpMs: 0,
  averageWrapUpMs: null,
};
const day = (busy: readonly number[]) =>
  Array.from(
    { length: 96 },
    (_, at): Slot => ({ from: String(at), calls: busy.includes(at) ? 1 : 0, figures: nothing }),
  );

test("what happened is shown with an hour around it", () => {
  expect(busySlots(day([40, 50])).map((slot) => slot.from)).toEqual(
    Array.from({ length: 19 }, (_, at) => String(36 + at)),
  );
});

test("a day's ends are its ends, and a day without calls shows working hours", () => {
  expect(busySlots(day([0, 95]))).toHaveLength(96);
  expect(busySlots(day([])).at(0)?.from).toBe("32");
});
