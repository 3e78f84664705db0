import { hangup, menu } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { flow, node } from "./flow-sketch.ts";
import type { ScenarioStep } from "./scenario-file.ts";
import { sessionOf } from "./session-of.ts";
import { toldScenario } from "./told-scenario.ts";
import { trySession } from "./try-session.ts";

const desk = flow({
  hello: node(menu, { ...menu.initial, prompt: "welcome", choices: [{ id: "one", digit: "1", label: "One" }] }),
  bye: node(hangup, { prompt: "bye" }),
})
  .connect("hello", "one", "bye")
  .connect("hello", "noInput", "bye")
  .connect("hello", "noMatch", "bye")
  .compiled();
const startAt = Date.UTC(2026, 10, 29, 21, 10);

test("a session that was kept comes back as what was done, and goes the same way at the same times", () => {
  const steps: ScenarioStep[] = [
    { schedule: "office", is: "closed" },
    { operator: "ines", signsIn: ["sales"] },
    { calls: {} },
    { staysSilentFor: "3s" },
    { presses: "1" },
    { staysSilentFor: "5s" },
  ];
  const run = trySession(desk, { startAt, steps });
  const opened = sessionOf(desk, toldScenario("one", { startAt, steps }, run));
  expect(opened.startAt).toBe(startAt);
  expect(opened.steps.some((step) => "hears" in step || "isEnded" in step)).toBe(false);
  const again = trySession(desk, opened);
  expect(again.steps.map(({ at, event }) => [at, event])).toEqual(run.steps.map(({ at, event }) => [at, event]));
});

test("up to where something is not as it says", () => {
  const steps: ScenarioStep[] = [{ calls: {} }, { hears: "welcome" }, { hears: "other" }, { presses: "1" }];
  expect(sessionOf(desk, { name: "one", steps }).steps).toEqual([{ calls: {} }, { staysSilentFor: "2000ms" }]);
});
