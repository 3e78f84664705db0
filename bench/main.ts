import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureAgents } from "./goals/agents.ts";
import { measureCallCentre } from "./goals/call-centre.ts";
import { measureCalls, measureRestart } from "./goals/calls.ts";
import { measureCanvas } from "./goals/canvas.ts";
import { measureDurableSteps, measureGrowthWithCalls } from "./goals/durable-steps.ts";
import { measureEngine } from "./goals/engine.ts";
import { measureFlowChecks } from "./goals/flow-checks.ts";
import { measureLiveBoard } from "./goals/live-board.ts";
import { measureReports } from "./goals/reports.ts";
import type { Extent, GoalResult } from "./measure/goal.ts";
import { describeMachine } from "./measure/machine.ts";
import { table } from "./measure/table.ts";

/**
 * `npm run bench [-- --quick] [-- --year] [-- --only engine,steps,…]`: each goal as figure and ratio, from one run. Leaves with 0 whatever was met:
 * figures of one machine say nothing about the product on another.
 */
const parts: Readonly<Record<string, (root: string, extent: Extent) => GoalResult[] | Promise<GoalResult[]>>> = {
  engine: (_root, extent) => measureEngine(extent),
  steps: measureDurableSteps,
  calls: measureCalls,
  growth: measureGrowthWithCalls,
  restart: measureRestart,
  board: measureLiveBoard,
  agents: measureAgents,
  centre: measureCallCentre,
  reports: measureReports,
  checks: (_root, extent) => measureFlowChecks(extent),
  canvas: measureCanvas,
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: "boolean" }, year: { type: "boolean" }, only: { type: "string" } },
  });
  const root = process.env.CORDBOARD_BENCH_ROOT ?? process.cwd();
  const wanted = values.only?.split(",") ?? Object.keys(parts);
  const unknown = wanted.filter((part) => !(part in parts));
  if (unknown.length > 0) {
    process.stderr.write(`No such part: ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.\n`);
    process.exitCode = 1;
    return;
  }
  const extent: Extent = {
    quick: values.quick === true,
    wholeYear: values.year === true,
    say: (sentence) => process.stderr.write(`  ${sentence} …\n`),
  };
  const before = describeMachine();
  const results: GoalResult[] = [];
  for (const part of wanted) results.push(...((await parts[part]?.(root, extent)) ?? []));
  const machine = { ...before, loadAfter: describeMachine().load };
  mkdirSync(join(root, ".cache"), { recursive: true });
  const file = join(root, ".cache", "bench.json");
  const run = { at: new Date().toISOString(), quick: extent.quick, machine, results };
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`);
  process.stdout.write(`${table(results)}\n${machine.sentence}\n`);
}

await main();
