import { readFileSync } from "node:fs";
import { readFlow } from "@cordboard/flow-schema";
import { collect, exit, hangup, http, hunt, menu, subflow } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { flow, node } from "./flow-sketch.ts";
import { playScenario } from "./play-scenario.ts";
import { readScenarioFile, type ScenarioStep } from "./scenario-file.ts";
import { scenarioFlow } from "./scenario-flow.ts";
import { toldScenario } from "./told-scenario.ts";
import { trySession } from "./try-session.ts";

const startAt = Date.UTC(2026, 8, 6, 20, 10);
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

const attempt = (steps: readonly ScenarioStep[], untilNews?: number) =>
  trySession(desk, { startAt, steps }, untilNews === undefined ? {} : { untilNews });

test("each step says what happened, where the call is, what is heard and which way it went", () => {
  const { steps, now } = attempt([
    { calls: {} },
    { staysSilentFor: "1s" },
    { presses: "1" },
    { staysSilentFor: "10s" },
  ]);
  expect(steps.map(({ event, at, action, path, keyed }) => [event, at - startAt, action, path, keyed])).toEqual([
    [null, 0, 0, ["hello"], null],
    ["input.digits", 1_000, 2, ["desk"], "1"],
    ["queueMusic.answered", 1_000, 2, ["desk"], null],
    // Whether there is news of the place in line: nothing that one notices.
    ["timer.fired", 6_000, 3, ["desk"], null],
    ["place.answered", 6_000, 3, ["desk"], null],
  ]);
  expect(steps[0]?.heard.map(({ name, from, until }) => [name, until - from])).toEqual([["welcome", 1_000]]);
  expect(steps[1]?.moves).toEqual([{ from: "hello", output: "sales", to: "desk" }]);
  // Pieces of music that follow each other are one step's.
  expect(steps.flatMap(({ heard }) => heard).filter(({ waiting }) => waiting).length).toBeGreaterThan(3);
  expect(now).toMatchObject({ at: startAt + 11_000, over: false, queueId: "sales", open: "hold", talksTo: null });
});

test("time passes until something happens, and not longer than was said", () => {
  const { waitedMs, steps } = attempt([{ calls: {} }], 600_000);
  // The greeting lasts two seconds, then the menu has patience.
  expect([waitedMs, steps.at(-1)?.event]).toEqual([2_000 + menu.initial.patienceMs, "input.silence"]);
  expect(attempt([{ calls: {} }, { presses: "1" }], 60_000).waitedMs).toBe(60_000);
});

test("the operators are played too: who is offered the call, who talks", () => {
  const steps: ScenarioStep[] = [
    { operator: "ines", signsIn: ["sales"] },
    { calls: {} },
    { presses: "1" },
    { operator: "ines", acceptsAfter: "0s" },
    { staysSilentFor: "3s" },
    { operator: "ines", hangsUp: true },
    { staysSilentFor: "3s" },
  ];
  const { actions, now } = attempt(steps);
  expect(actions.map(({ now: { operators, talksTo } }) => [operators[0]?.state, talksTo])).toEqual([
    ["available", null],
    ["available", null],
    ["offered", null],
    ["ringing", null],
    ["talking", "ines"],
    ["wrapUp", null],
    ["wrapUp", null],
  ]);
  expect(now.over).toBe(true);
});

test("what cannot be done any more is named by its place; what was done before it stays", () => {
  const { failure, steps } = attempt([{ calls: {} }, { otherSideHangsUp: true }, { hangsUp: true }]);
  expect(failure).toEqual({ action: 1, message: "the caller talks to nobody" });
  expect(steps).toHaveLength(1);
  expect(attempt([]).failure).toBeNull();
});

test("what is secret is shown nowhere; a sub-flow's nodes are named with the node they run in", () => {
  const inner = flow({
    pin: node(collect, {
      ...{ ...collect.initial, prompt: "pin", variable: "code", minDigits: 4, maxDigits: 4, confirm: false },
    }),
    back: node(exit, { output: "done" }),
  })
    .connect("pin", "done", "back")
    .connect("pin", "noInput", "back")
    .connect("pin", "noMatch", "back")
    .with({ variables: { code: { type: "string", secret: true } } });
  const outer = flow({
    inside: node(subflow, { ...subflow.initial, flowId: "inner" }),
    bye: node(hangup, { prompt: "bye" }),
  })
    .connect("inside", "done", "bye")
    .with({ flows: { inner } })
    .compiled();
  const { steps } = trySession(outer, {
    startAt,
    steps: [{ calls: {} }, { presses: "1234" }, { staysSilentFor: "1s" }],
  });
  expect(steps[0]).toMatchObject({ path: ["inside", "pin"], variables: { code: null } });
  expect(JSON.stringify(steps)).not.toContain("1234");
  expect(steps.some(({ keyed }) => keyed === "•••")).toBe(true);
});

test("another system is played: what it is asked and what it answers are in the steps", () => {
  const asks = flow({
    ask: node(http, { ...http.initial, url: "https://example.com/orders" }),
    bye: node(hangup, { prompt: "bye" }),
  })
    .connect("ask", "ok", "bye")
    .connect("ask", "refused", "bye")
    .compiled();
  const { steps } = trySession(asks, { startAt, steps: [{ systemAnswers: 404 }, { calls: {} }] });
  expect(steps[0]?.asked).toBe("GET https://example.com/orders");
  expect(steps[1]).toMatchObject({ event: "request.answered", answer: "404", path: ["bye"] });
});

/** Repeatable chance. */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function anyStep(draw: (below: number) => number, queues: readonly string[]): ScenarioStep {
  const kind = draw(12);
  if (kind < 4) return { presses: "0123456789*#"[draw(12)] ?? "1" };
  if (kind < 8) return { staysSilentFor: `${[0.3, 1, 2, 7, 40][draw(5)] ?? 1}s` };
  if (kind === 8) return { operator: "ines", acceptsAfter: "0s" };
  if (kind === 9) return { operator: "ines", refusesAfter: "1s" };
  if (kind === 10) return { operator: "marc", signsIn: [...queues] };
  return draw(3) === 0 ? { hangsUp: true } : { operator: "ines", missesTheOffer: true };
}

test("whatever is tried on the shipped flows, told as a scenario it plays, and goes the same way", () => {
  let ended = 0;
  let listened = 0;
  for (const name of ["reception", "support-desk", "out-of-hours", "one-queue", "customer-service"]) {
    const read = (file: string): unknown =>
      JSON.parse(readFileSync(new URL(`../../../../flows/${file}`, import.meta.url), "utf8"));
    const document = readFlow(read(`${name}.json`));
    const file = readScenarioFile(read(`${name}.scenarios.json`));
    const scenario = file.ok ? file.file.scenarios[0] : undefined;
    if (!document.ok || !file.ok || !scenario) throw new Error(`${name} cannot be read`);
    const compiled = scenarioFlow(document.document, file.file, scenario);
    const queues = ["sales", ...new Set(JSON.stringify(compiled.document.nodes).match(/(?<="queue":")[^"]+/g) ?? [])];
    for (let seed = 1; seed <= 4; seed++) {
      const draw = drawn(seed * 7_919);
      const closed: ScenarioStep[] = draw(4) === 0 ? [{ schedule: "office", is: "closed" }] : [];
      const steps: ScenarioStep[] = [...closed, { operator: "ines", signsIn: queues }, { calls: {} }];
      for (let count = 0; count < 12; count++) steps.push(anyStep(draw, queues));
      const run = trySession(compiled, { startAt, steps });
      if (run.now.over) ended++;
      const told = toldScenario("tried", { startAt, steps }, run);
      const written = readScenarioFile({ scenarios: [told] });
      expect(written).toMatchObject({ ok: true });
      const { moves } = playScenario(compiled, told);
      expect(moves, `${name} ${seed}`).toEqual(run.steps.flatMap((step) => step.moves));
      // To the millisecond.
      const again = trySession(compiled, { startAt, steps: told.steps });
      expect(again.steps.map(({ at, event }) => [at, event])).toEqual(run.steps.map(({ at, event }) => [at, event]));
      listened += told.steps.filter((step) => "hears" in step || "beginsToHear" in step).length;
    }
  }
  expect(ended).toBeGreaterThan(2);
  expect(listened).toBeGreaterThan(30);
});
