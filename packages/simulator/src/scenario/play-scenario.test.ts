import { readFileSync } from "node:fs";
import { callback, hangup, hours, hunt, menu, percent, voicemail } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { flow, node } from "./flow-sketch.ts";
import { playScenario } from "./play-scenario.ts";
import { readScenarioFile, ScenarioStep, type WrittenScenario } from "./scenario-file.ts";

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

test("schedules, chance, callbacks and messages are told in JSON too", () => {
  const office = flow({
    share: node(percent, { shares: [{ id: "few", label: "", percent: 10 }] }),
    hours: node(hours, { schedule: "office" }),
    box: node(voicemail, { ...voicemail.initial, box: "sales", review: false }),
    promise: node(callback, { ...callback.initial, queue: "sales", variable: "number" }),
    bye: node(hangup, { prompt: "bye" }),
  })
    .connect("share", "few", "bye")
    .connect("share", "otherwise", "hours")
    .connect("hours", "open", "promise")
    .connect("hours", "closed", "box")
    .connect("promise", "promised", "bye")
    .connect("promise", "full", "bye")
    .connect("box", "unavailable", "bye")
    .with({ variables: { number: { type: "string" } } })
    .compiled();
  const steps = [
    { schedule: "office", is: { week: { mon: [["09:00", "18:00"]] } } },
    { draws: [0.5, 0.5, 0.5, 0.05] },
    { calls: {} },
    { beginsToHear: "callbackNumberIs" },
    { presses: "1" },
    { isPromisedCallback: "sales", number: "+33142860001" },
    { hears: "bye" },
    { callbacksAre: "full" },
    { caller: "second", calls: { callerNumber: null } },
    { caller: "second", beginsToHear: "callbackEnterNumber" },
    { caller: "second", presses: "0142860002#" },
    { caller: "second", beginsToHear: "callbackNumberIs" },
    { caller: "second", presses: "1" },
    { caller: "second", hears: "bye" },
    { schedule: "office", is: "closed" },
    { caller: "third", calls: {} },
    { caller: "third", hears: "voicemailGreeting" },
    { caller: "third", hears: "beep" },
    { caller: "third", speaksFor: "4s" },
    { caller: "third", hangsUp: true },
    { caller: "third", leavesMessageIn: "sales", seconds: 4 },
    { recordingFails: true },
    { caller: "fourth", calls: {} },
    { caller: "fourth", hears: "bye" },
    { caller: "fourth", leavesNoMessage: true },
  ];
  const read = readScenarioFile({ scenarios: [{ name: "office", startAt: "2026-09-07T10:00:00+02:00", steps }] });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { moves } = playScenario(office, read.file.scenarios[0] as WrittenScenario);
  expect(moves.map(({ from, output }) => `${from}.${output}`)).toEqual(
    expect.arrayContaining(["share.otherwise", "share.few", "hours.open", "hours.closed", "promise.full"]),
  );
});

test("a scenario that would go round for ever fails instead", () => {
  const read = readScenarioFile({
    scenarios: [
      {
        name: "for ever",
        lasts: { welcome: "1s", music: "0s" },
        steps: [
          { operator: "ines", signsIn: ["sales"] },
          { calls: {} },
          { beginsToHear: "welcome" },
          { presses: "1" },
          { staysSilentFor: "1s" },
        ],
      },
    ],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const [scenario] = read.file.scenarios;
  expect(() => playScenario(desk, scenario as WrittenScenario)).toThrow(/too much happens/);
});

test("the page for authors names every step", () => {
  const page = readFileSync(new URL("../../../../docs/flow-files.md", import.meta.url), "utf8");
  const words = ScenarioStep.anyOf.flatMap(({ properties }) => Object.keys(properties));
  expect(words.length).toBeGreaterThan(30);
  for (const word of new Set(words)) expect(page, word).toContain(`\`${word}\``);
});
