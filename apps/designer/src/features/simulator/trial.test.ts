import type { Schedule } from "@cordboard/api";
import { draftFlow, type SimRun, toldScenario, trySession } from "@cordboard/simulator/scenario";
import { expect, test } from "vitest";
import { smallFlow } from "../editor/testing.ts";
import { firstSetup, setupSteps, usesOf } from "./setup.ts";
import { act, neighbour, newTrial, partsAt, takeBack, toldSteps } from "./trial.ts";

const startAt = Date.UTC(2026, 10, 29, 21, 10);
const world = { schedules: [], timeZone: "Europe/Paris" };
const setup = firstSetup({ date: "2026-11-29", time: "22:10" }, "+33142861000");

function run(actions: Parameters<typeof trySession>[1]["steps"], document = smallFlow()): SimRun {
  const flow = draftFlow(document, () => undefined);
  if (!flow.ok) throw new Error(flow.findings[0]?.message.en);
  return trySession(flow.flow, { startAt, steps: [...setupSteps(setup, usesOf(document, null), world), ...actions] });
}

test("a draft with loose ends is tried as it is", () => {
  const { steps, now } = run([{ staysSilentFor: "3s" }, { presses: "1" }]);
  expect(steps.map(({ path }) => path.join())).toEqual(["hello", "menu", "end"]);
  expect(now.over).toBe(true);
});

test("something else is done from the step that is looked at, and what came after it is gone", () => {
  const trial = {
    ...newTrial(setup),
    begun: true,
    actions: [{ staysSilentFor: "3s" }, { presses: "1" }] as const,
    looked: 1,
  };
  const cut = { startAt, steps: [{ calls: {} }, { staysSilentFor: "2s" }] as const };
  const after = act(trial, { presses: "2" }, cut, 1);
  expect(after).toMatchObject({ actions: [{ staysSilentFor: "2s" }, { presses: "2" }], looked: null });
  expect(act({ ...trial, looked: null }, { hangsUp: true }, cut, 1).actions).toHaveLength(3);
  expect(takeBack(after).actions).toEqual([{ staysSilentFor: "2s" }]);
});

test("forward and back go through the steps that tell something, and end at the last", () => {
  const steps = toldSteps(run([{ staysSilentFor: "3s" }, { presses: "1" }]));
  expect(neighbour(steps, null, -1)).toBe(1);
  expect(neighbour(steps, 1, -1)).toBe(0);
  expect(neighbour(steps, 0, -1)).toBe(0);
  expect(neighbour(steps, 1, 1)).toBeNull();
});

test("a flow that was changed meanwhile: the first step that goes another way is named", () => {
  const done = [{ staysSilentFor: "3s" }, { presses: "1" }] as const;
  const changed = { ...smallFlow(), edges: [{ from: "hello", output: "done", to: "menu" }] };
  expect(partsAt(run(done), run(done))).toBeNull();
  expect(partsAt(run(done), run(done, changed))).toBe(2);
  expect(partsAt(run([{ staysSilentFor: "3s" }]), run(done))).toBeNull();
});

test("a setup says only what the flow uses, and a schedule as its timetable stands", () => {
  const none = { contacts: false, systems: false, chance: false, codes: false, targets: [] };
  const office: Schedule = {
    ...{ scheduleId: "office", rev: 1, name: "Office", timeZone: null, forced: null },
    week: { mon: [["09:00", "18:00"]], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
    holidays: [{ date: "2026-12-25", name: "Christmas" }],
    current: { state: "open", until: null },
  };
  const uses = { ...none, schedules: ["office"], queues: ["sales"] };
  const given = {
    ...setup,
    callerNumber: "",
    waiting: { sales: 12 },
    operators: 0,
    contact: { name: "Ana", vip: true, blocked: false },
  };
  expect(setupSteps(given, uses, { ...world, schedules: [office] })).toEqual([
    { schedule: "office", is: { week: { mon: [["09:00", "18:00"]] }, holidays: office.holidays } },
    { queueStands: "sales", is: { waiting: 12, staffed: 0, position: 13 } },
    { calls: { callerNumber: null, dialledNumber: "+33142861000", timeZone: "Europe/Paris" } },
  ]);
  const all = { ...uses, contacts: true, systems: true, chance: true, codes: true, targets: ["+33142000000"] };
  const more = {
    ...given,
    callerNumber: "+33612345678",
    operators: 1,
    rung: "busy",
    chance: 40,
    code: "1234",
  } as const;
  expect(setupSteps({ ...more, schedules: { office: "closed" }, waiting: {} }, all, world)).toEqual([
    { schedule: "office", is: "closed" },
    { contacts: [{ name: "Ana", vip: true, blocked: false, numbers: ["+33612345678"] }] },
    { systemAnswers: 200, json: {} },
    { codeIs: "1234" },
    { draws: [0.4] },
    { whenRung: "+33142000000", is: "busy" },
    { operator: "operator 1", signsIn: ["sales"] },
    { calls: { callerNumber: "+33612345678", dialledNumber: "+33142861000", timeZone: "Europe/Paris" } },
  ]);
});

test("what was tried is a scenario that says it", () => {
  const done = [{ staysSilentFor: "4s" }, { presses: "1" }] as const;
  const steps = [...setupSteps(setup, usesOf(smallFlow(), null), world), ...done];
  const told = toldScenario("sales", { startAt, steps }, run(done));
  expect(told.steps.slice(1)).toEqual([
    // A key would cut it short, so it is listened to for a moment longer than it lasts.
    { beginsToHear: "pHello" },
    { staysSilentFor: "2100ms" },
    { beginsToHear: "pMenu" },
    { staysSilentFor: "1900ms" },
    { presses: "1" },
    { isEnded: true },
  ]);
});
