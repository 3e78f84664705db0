import { existsSync } from "node:fs";
import {
  playScenario,
  type ReadScenarioFile,
  readScenarioFile,
  ScenarioFailure,
  scenarioFlow,
} from "@cordboard/simulator/scenario";
import type { ExitCode } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { explainFile, flowFiles, readFlowFile, readText } from "./read-flow-file.ts";

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

/** Plays the scenarios that lie beside each flow (`reception.json`, `reception.scenarios.json`) on virtual time. Needs no server. */
export function testFlows(files: readonly string[], { json }: { readonly json?: boolean }): ExitCode {
  const results: FlowTestResult[] = [];
  let broken = false;
  for (const file of flowFiles(files)) {
    const result = testFlow(file);
    if (result === null) broken = true;
    else results.push(result);
  }
  if (json) console.log(JSON.stringify(results, null, 2));
  else for (const result of results) tell(result);
  return broken || results.some(({ scenarios }) => scenarios.some(({ passed }) => !passed)) ? 1 : 0;
}

/** `null` when flow or scenarios cannot be read, which was said. */
function testFlow(file: string): FlowTestResult | null {
  const read = readFlowFile(file);
  if (!read.ok) {
    explainFile(read);
    return null;
  }
  const scenarioFile = `${file.replace(/(\.flow)?\.json$/, "")}.scenarios.json`;
  const found = readScenarios(scenarioFile);
  if (!found.ok) {
    for (const { pointer, message } of found.problems) console.error(`${scenarioFile}: ${pointer || "/"}: ${message}`);
    return null;
  }
  const walked = new Set<string>();
  const key = ({ from, output }: { readonly from: string; readonly output: string }) => `${from} ${output}`;
  const scenarios = found.file.scenarios.map((scenario): ScenarioResult => {
    try {
      const { moves } = playScenario(scenarioFlow(read.document, found.file, scenario), scenario);
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

function readScenarios(file: string): ReadScenarioFile {
  if (!existsSync(file)) return { ok: false, problems: [{ pointer: "", message: t("flow.noScenarios") }] };
  try {
    return readScenarioFile(JSON.parse(readText(file)));
  } catch (error) {
    return { ok: false, problems: [{ pointer: "", message: error instanceof Error ? error.message : String(error) }] };
  }
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
