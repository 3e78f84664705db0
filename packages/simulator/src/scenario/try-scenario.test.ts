import { hangup, menu } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { flow, node } from "./flow-sketch.ts";
import type { ScenarioStep } from "./scenario-file.ts";
import { tryScenario } from "./try-scenario.ts";

const desk = flow({
  hello: node(menu, { ...menu.initial, prompt: "welcome", choices: [{ id: "one", digit: "1", label: "One" }] }),
  bye: node(hangup, { prompt: "bye" }),
})
  .connect("hello", "one", "bye")
  .connect("hello", "noInput", "bye")
  .connect("hello", "noMatch", "bye")
  .compiled();
const attempt = (...steps: ScenarioStep[]) => tryScenario(desk, { name: "one", steps });

test("a scenario that holds says where it went; one that does not, at which step and why", () => {
  const held = attempt(
    { calls: {} },
    { beginsToHear: "welcome" },
    { presses: "1" },
    { hears: "bye" },
    { isEnded: true },
  );
  expect(held).toEqual({ name: "one", failure: null, moves: [{ from: "hello", output: "one", to: "bye" }] });
  const failed = attempt({ calls: {} }, { hears: "hello" });
  expect(failed).toMatchObject({
    failure: { number: 2, step: { hears: "hello" }, message: expect.stringMatching(/should hear "hello"/) },
    moves: [],
  });
  expect(failed.failure?.message).not.toContain("So far");
});

test("one that would take too long, or begins at no time, has failed", () => {
  const steps: ScenarioStep[] = [{ calls: {} }, { staysSilentFor: "1h" }];
  expect(tryScenario(desk, { name: "long", steps }, { mostSteps: 2 }).failure).toMatchObject({ number: 2 });
  expect(tryScenario(desk, { name: "never", startAt: "soon", steps }).failure).toMatchObject({ number: 1 });
});
