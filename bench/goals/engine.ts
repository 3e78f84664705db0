import { type CallSnapshot, type CompiledFlow, startUntilWait, step } from "@cordboard/engine";
import type { CallFacts, FlowEvent } from "@cordboard/node-kit";
import { type AnyMachineSnapshot, transition } from "xstate";
import { ringFlow } from "../flows.ts";
import { type Extent, type GoalResult, judge } from "../measure/goal.ts";
import { logLogSlope, median, medianRatio } from "../measure/statistics.ts";

const PART = "engine";

const someCall: CallFacts = {
  callId: "call_bench",
  callerNumber: "+33639981234",
  callerName: null,
  dialledNumber: "+33199001010",
  lineName: "Standard",
  language: "fr-FR",
  timeZone: "Europe/Paris",
};

/** One step as it was taken: what the engine is given, and the same for XState alone. */
interface Recorded {
  readonly snapshot: CallSnapshot;
  readonly state: AnyMachineSnapshot;
  readonly event: FlowEvent;
}

/** Walks a call round the ring once, pressing 1 in every menu, and keeps what each step was given. */
function recordWalk(flow: CompiledFlow): Recorded[] {
  let { snapshot } = startUntilWait(flow, { call: someCall, now: 0 });
  return flow.document.nodes.map(() => {
    const event = answer(snapshot);
    const state = { ...flow.machine.resolveState({ value: snapshot.value, context: null }), context: snapshot };
    const recorded = { snapshot, state: state as AnyMachineSnapshot, event };
    const result = step(flow, snapshot, event, { now: 0 });
    if (result.ignored || result.moves.length !== 1)
      throw new Error(`the walk stops at ${JSON.stringify(snapshot.value)}`);
    snapshot = result.snapshot;
    return recorded;
  });
}

/** What the caller's side answers to what is heard now: the end of a play, or the key 1. */
function answer(snapshot: CallSnapshot): FlowEvent {
  const { media } = snapshot.open;
  if (media?.kind === "play") return { type: "play.done", entry: media.entry };
  if (media?.kind === "collect") return { type: "input.digits", entry: media.entry, digits: "1" };
  throw new Error(`nothing to answer: ${JSON.stringify(snapshot.open)}`);
}

/**
 * Microseconds a step, over at least `steps` of the walk, in time of the processor: pure code waits for nothing, so this is what a machine
 * of its own would show, and what else runs here does not count.
 */
function timed(walk: readonly Recorded[], steps: number, one: (recorded: Recorded) => unknown): number {
  let sink: unknown;
  const rounds = Math.ceil(steps / walk.length);
  const began = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) for (const recorded of walk) sink = one(recorded);
  const { user, system } = process.cpuUsage(began);
  if (sink === undefined) throw new Error("a step gave nothing");
  return (user + system) / (rounds * walk.length);
}

/** Engine step with snapshot against bare XState, and how both grow with the size of the flow. */
export function measureEngine({ quick, say }: Extent): GoalResult[] {
  const repeats = quick ? 7 : 25;
  const steps = quick ? 4_000 : 20_000;
  say("engine: one step against bare XState");
  const flow = ringFlow(10);
  const walk = recordWalk(flow);
  const contenders = {
    bare: ({ state, event }: Recorded) => transition(flow.machine, state, event),
    step: ({ snapshot, event }: Recorded) => step(flow, snapshot, event, { now: 0 }),
    stepAndText: ({ snapshot, event }: Recorded) => JSON.stringify(step(flow, snapshot, event, { now: 0 }).snapshot),
  };
  const taken: Record<keyof typeof contenders, number[]> = { bare: [], step: [], stepAndText: [] };
  for (let repeat = -2; repeat < repeats; repeat += 1) {
    for (const name of ["bare", "step", "stepAndText"] as const) {
      const us = timed(walk, steps, contenders[name]);
      if (repeat >= 0) taken[name].push(us);
    }
  }
  const [bare, inMemory, asText] = [median(taken.bare), median(taken.step), median(taken.stepAndText)];
  return [
    judge({
      part: PART,
      goal: "engine step, with snapshot as text",
      ratio: medianRatio(taken.stepAndText, taken.bare),
      atMost: 1.5,
      figure: `${asText.toFixed(1)} µs (${Math.round(1e6 / asText)} steps/s)`,
      against: `bare XState transition(): ${bare.toFixed(1)} µs`,
      details: {
        bareUs: bare,
        stepUs: inMemory,
        stepAndTextUs: asText,
        withoutText: medianRatio(taken.step, taken.bare),
      },
    }),
    growthWithNodes(quick, say),
  ];
}

function growthWithNodes(quick: boolean, say: Extent["say"]): GoalResult {
  const sizes = [10, 30, 100, 300, 1_000, 2_000];
  const repeats = quick ? 5 : 15;
  say("engine: flows of 10 to 2,000 nodes");
  const flows = sizes.map((size) => {
    const flow = ringFlow(size);
    return { size, flow, walk: recordWalk(flow), engine: [] as number[], bare: [] as number[] };
  });
  for (let repeat = -2; repeat < repeats; repeat += 1) {
    for (const { flow, walk, engine, bare } of flows) {
      const us = timed(walk, 4_000, ({ snapshot, event }) => step(flow, snapshot, event, { now: 0 }));
      const bareUs = timed(walk, 4_000, ({ state, event }) => transition(flow.machine, state, event));
      if (repeat < 0) continue;
      engine.push(us);
      bare.push(bareUs);
    }
  }
  const points = flows.map(({ size, engine }) => ({ x: size, y: median(engine) }));
  const barePoints = flows.map(({ size, bare }) => ({ x: size, y: median(bare) }));
  return judge({
    part: PART,
    goal: "growth: time of an engine step, nodes 10 → 2,000",
    ratio: logLogSlope(points),
    atMost: 0.05,
    unit: " slope",
    figure: points.map(({ x, y }) => `${x}: ${y.toFixed(1)} µs`).join(" · "),
    against: `bare XState: slope ${logLogSlope(barePoints).toFixed(3)}`,
    details: { points, barePoints },
  });
}
