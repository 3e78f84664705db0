import { expect, test } from "vitest";
import { HANDLING_MS, Handlings } from "./handlings.ts";

const now = 100_000_000;
const time = (
  state: "talking" | "wrapUp" | "ringing",
  agoMs: number,
  ms: number,
  queueId: string | null = "sales",
) => ({
  ...{ _id: `${state} ${agoMs}`, queueId, state, from: now - agoMs, until: now - agoMs + ms },
});

test("conversations of the last hour count with their wrap-ups, by the queue that they were for", () => {
  const handlings = new Handlings();
  for (const one of [
    time("talking", 600_000, 120_000),
    // Told again by whoever reads what was over before.
    time("talking", 600_000, 120_000),
    time("wrapUp", 480_000, 30_000),
    time("talking", 300_000, 60_000, "help"),
    time("ringing", 610_000, 10_000),
    time("talking", 200_000, 60_000, null),
    time("talking", HANDLING_MS + 1, 60_000),
  ])
    handlings.add(one);
  expect(handlings.of("sales", now)).toEqual({ calls: 1, ms: 150_000 });
  expect(handlings.of("help", now)).toEqual({ calls: 1, ms: 60_000 });
  expect(handlings.of("nobody", now)).toEqual({ calls: 0, ms: 0 });
  expect(handlings.of("sales", now + HANDLING_MS)).toEqual({ calls: 0, ms: 0 });
});
