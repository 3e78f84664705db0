import { hangup, menu } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { cutSession } from "./cut-session.ts";
import { flow, node } from "./flow-sketch.ts";
import type { ScenarioStep } from "./scenario-file.ts";
import { trySession } from "./try-session.ts";

const startAt = Date.UTC(2026, 8, 6, 20, 10);
const desk = flow({
  hello: node(menu, {
    ...{ ...menu.initial, prompt: "welcome", patienceMs: 6_000, attempts: 2 },
    choices: [
      { id: "one", digit: "1", label: "One" },
      { id: "two", digit: "2", label: "Two" },
    ],
  }),
  first: node(hangup, { prompt: "first" }),
  second: node(hangup, { prompt: "second" }),
})
  .connect("hello", "one", "first")
  .connect("hello", "two", "second")
  .connect("hello", "noInput", "second")
  .connect("hello", "noMatch", "second")
  .compiled();

test("back to where the menu was heard, another key, and on from there", () => {
  const steps: ScenarioStep[] = [{ calls: {} }, { staysSilentFor: "20s" }, { presses: "1" }];
  const run = trySession(desk, { startAt, steps });
  const again = run.steps.findIndex(({ event }) => event === "input.silence");
  const cut = cutSession({ startAt, steps }, run, again);
  expect(cut.steps).toEqual([{ calls: {} }, { staysSilentFor: "8000ms" }]);
  const other = trySession(desk, { startAt, steps: [...cut.steps, { presses: "2" }] });
  expect(other.steps.at(-1)).toMatchObject({ path: ["second"], keyed: "2", at: startAt + 8_000 });
  expect(cutSession({ startAt, steps }, run, 0).steps).toEqual([{ calls: {} }]);
  // The same moment as before: nothing is waited for.
  expect(trySession(desk, cutSession({ startAt, steps }, run, 0)).now.at).toBe(startAt);
  expect(cutSession({ startAt, steps }, run, 99).steps).toEqual(steps);
});
