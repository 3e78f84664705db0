import { existsSync, writeFileSync } from "node:fs";
import type { FlowScenario } from "@cordboard/api";
import { type ReadScenarioFile, readScenarioFile, type WrittenScenario } from "@cordboard/simulator/scenario";
import { readText } from "./read-flow-file.ts";

/** Where the scenarios of a flow file lie: `reception.json` → `reception.scenarios.json`. */
export const scenarioFileOf = (flowFile: string) => `${flowFile.replace(/(\.flow)?\.json$/, "")}.scenarios.json`;

/** Reads a file of scenarios that is there. */
export function readScenarios(file: string): ReadScenarioFile {
  try {
    return readScenarioFile(JSON.parse(readText(file)));
  } catch (error) {
    return { ok: false, problems: [{ pointer: "", message: error instanceof Error ? error.message : String(error) }] };
  }
}

export type ScenariosBeside =
  | { readonly ok: true; readonly scenarios: readonly WrittenScenario[] | null }
  /** Sentences, each with its place. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** The scenarios beside a flow file as an installation keeps them: each with the answers that the file has for all. Null: there is no such file. */
export function scenariosBeside(flowFile: string): ScenariosBeside {
  const file = scenarioFileOf(flowFile);
  if (!existsSync(file)) return { ok: true, scenarios: null };
  const read = readScenarios(file);
  if (!read.ok)
    return {
      ok: false,
      problems: read.problems.map(({ pointer, message }) => `${file}: ${pointer || "/"}: ${message}`),
    };
  const { answers, scenarios } = read.file;
  return {
    ok: true,
    scenarios: answers ? scenarios.map((one) => ({ ...one, answers: { ...answers, ...one.answers } })) : scenarios,
  };
}

/** Writes scenarios as such a file. */
export function writeScenarios(file: string, scenarios: readonly (FlowScenario | WrittenScenario)[]): void {
  writeFileSync(file, `${JSON.stringify({ scenarios }, null, 2)}\n`);
}
