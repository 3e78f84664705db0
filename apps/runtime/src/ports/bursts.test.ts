import { expect, test } from "vitest";
import { quiet, virtualClock } from "../testing/virtual-clock.ts";
import { oneAtATime } from "./bursts.ts";

/** Each act takes so long; what it saw is how often it had been asked for when it began. */
function acting(ms: number) {
  const clock = virtualClock();
  const saw: number[] = [];
  let asked = 0;
  const ask = oneAtATime(clock, async () => {
    saw.push(asked);
    if (ms > 0) await new Promise<void>((resolve) => clock.at(clock.now() + ms, resolve));
  });
  const times = (count: number) => {
    for (let at = 0; at < count; at += 1) {
      asked += 1;
      ask();
    }
  };
  return { clock, saw, times };
}

test("a thousand changes in a burst are looked at twice: with the first, and when that is done with all of them", async () => {
  const { clock, saw, times } = acting(30);
  times(1_000);
  await clock.advance(1_000);
  expect(saw).toEqual([1, 1_000]);
});

test("it rests as long as it acted, and what comes then is not forgotten", async () => {
  const { clock, saw, times } = acting(30);
  times(1);
  await clock.advance(45);
  times(1);
  await clock.advance(14);
  expect(saw).toEqual([1]);
  await clock.advance(1);
  expect(saw).toEqual([1, 2]);
});

test("asked after it rested, it acts at once; an act that fails ends nothing", async () => {
  const clock = virtualClock();
  let acts = 0;
  const ask = oneAtATime(clock, () => {
    acts += 1;
    return Promise.reject(new Error("the store does not answer"));
  });
  ask();
  await quiet();
  ask();
  expect(acts).toBe(2);
});
