import { hangup, hunt, menu } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { flow, node } from "./flow-sketch.ts";
import { playScenario } from "./play-scenario.ts";
import { readScenarioFile, type WrittenScenario } from "./scenario-file.ts";

const desk = flow({
  hello: node(menu, { ...menu.initial, prompt: "welcome", choices: [{ id: "sales", digit: "1", label: "Sales" }] }),
  desk: node(hunt, { ...hunt.initial, queue: "sales", holdMusic: ["music"], leaveWhenUnstaffed: false }),
  bye: node(hangup, { prompt: "bye" }),
})
  .connect("hello", "sales", "desk")
  .connect("hello", "noInput", "bye")
  .connect("hello", "noMatch", "bye")
  .connect("desk", "ended", "bye")
  .connect("desk", "timeout", "bye")
  .compiled();

function play(...steps: unknown[]) {
  const read = readScenarioFile({ scenarios: [{ name: "one", lasts: { welcome: "5s" }, steps }] });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return playScenario(desk, read.file.scenarios[0] as WrittenScenario);
}

test("a scenario as JSON plays as one in TypeScript does", () => {
  const { moves } = play(
    { operator: "ines", signsIn: ["sales"] },
    { calls: {} },
    { beginsToHear: "welcome" },
    { presses: "1" },
    { caller: "behind", calls: { language: "fr-FR" } },
    { hears: "music" },
    { waitsIn: "sales", place: 1 },
    { operator: "ines", acceptsAfter: "2s" },
    { talksTo: "ines" },
    { caller: "behind", hears: "welcome" },
    { operator: "ines", hangsUp: true },
    { hears: "bye" },
    { isEnded: true },
    { operator: "ines", is: "wrapUp" },
  );
  expect(moves.map(({ output }) => output)).toContain("sales");
});

test("what is not as it was said names the step", () => {
  expect(() => play({ calls: {} }, { hears: "welcome" }, { isEnded: true }, { talksTo: "ines" })).toThrow(
    /step \d .*talksTo/,
  );
  expect(() => play({ hears: "welcome" })).toThrow(/has not called yet/);
});

test("a step that is none is said with its place, not as every step that there is", () => {
  const read = readScenarioFile({ scenarios: [{ name: "one", steps: [{ calls: {} }, { heers: "welcome" }] }] });
  expect(read).toEqual({
    ok: false,
    problems: [{ pointer: "/scenarios/0/steps/1", message: 'is no step that is known: {"heers":"welcome"}' }],
  });
  expect(readScenarioFile({ scenarios: [] }).ok).toBe(false);
  expect(readScenarioFile("nonsense").ok).toBe(false);
});
