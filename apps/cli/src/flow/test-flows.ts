import { existsSync } from "node:fs";
import { playScenario, ScenarioFailure, scenarioFlow } from "@cordboard/simulator/scenario";
import type { ExitCode, ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { explainFile, flowFiles, readFlowFile } from "./read-flow-file.ts";
import { readScenarios, scenarioFileOf } from "./scenario-files.ts";
import { subflowsOf } from "./subflows-of.ts";

export interface ScenarioResult {
  readonly scenario: string;
  readonly passed: boolean;
  readonly message: string | null;
}

export interface FlowTestResult {
  readonly file: string;
  readonly scenarios: readonly ScenarioResult[];
  /** The share of the flow's edges that the scenarios went along, 0 to 1. */
  readonly coverage: number;
  readonly uncovered: readonly { readonly from: string; readonly output: string }[];
}

/**
 * Plays the scenarios that lie beside each flow (`reception.json`, `reception.scenarios.json`) on virtual time. Needs no server, unless a flow
 * runs others inside it that do not lie beside it.
 */
export async function testFlows(files: readonly string[], options: ServerOptions): Promise<ExitCode> {
  const { json } = options;
  const results: FlowTestResult[] = [];
  let broken = false;
  for (const file of flowFiles(files)) {
    const result = await testFlow(file, options);
    if (result === null) broken = true;
    else results.push(result);
  }
  if (json) console.log(JSON.stringify(results, null, 2));
  else for (const result of results) tell(result);
  return broken || results.some(({ scenarios }) => scenarios.some(({ passed }) => !passed)) ? 1 : 0;
}

/** `null` when flow or scenarios cannot be read, which was said. */
async function testFlow(file: string, options: ServerOptions): Promise<FlowTestResult | null> {
  const read = readFlowFile(file);
  if (!read.ok) {
    explainFile(read);
    return null;
  }
  const scenarioFile = scenarioFileOf(file);
  const found = existsSync(scenarioFile)
    ? readScenarios(scenarioFile)
    : { ok: false as const, problems: [{ pointer: "", message: t("flow.noScenarios") }] };
  if (!found.ok) {
    for (const { pointer, message } of found.problems) console.error(`${scenarioFile}: ${pointer || "/"}: ${message}`);
    return null;
  }
  const inside = await subflowsOf(read.document, file, options);
  const walked = new Set<string>();
  const key = ({ from, output }: { readonly from: string; readonly output: string }) => `${from} ${output}`;
  const scenarios = found.file.scenarios.map((scenario): ScenarioResult => {
    try {
      const { moves } = playScenario(
        scenarioFlow(read.document, found.file, scenario, (flowId) => inside.get(flowId)),
        scenario,
      );
      for (const move of moves) walked.add(key(move));
      return { scenario: scenario.name, passed: true, message: null };
    } catch (error) {
      if (!(error instanceof ScenarioFailure)) throw error;
      return { scenario: scenario.name, passed: false, message: error.message };
    }
  });
  const uncovered = read.document.edges.filter((edge) => !walked.has(key(edge)));
  const { edges } = read.document;
  return {
    file,
    scenarios,
    coverage: edges.length === 0 ? 1 : (edges.length - uncovered.length) / edges.length,
    uncovered: uncovered.map(({ from, output }) => ({ from, output })),
  };
}

function tell({ file, scenarios, coverage, uncovered }: FlowTestResult): void {
  for (const { scenario, passed, message } of scenarios) {
    console.log(`${passed ? "✓" : "✗"} ${scenario}`);
    if (message !== null) console.log(message.replaceAll(/^/gm, "    "));
  }
  const passed = scenarios.filter((one) => one.passed).length;
  console.log(
    t("flow.tested", {
      file,
      passed,
      failed: scenarios.length - passed,
      percent: Math.floor(coverage * 100),
    }),
  );
  if (uncovered.length > 0) {
    console.log(t("flow.uncovered", { edges: uncovered.map(({ from, output }) => `${from}.${output}`).join(", ") }));
  }
}
