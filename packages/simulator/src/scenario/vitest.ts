import { test } from "vitest";
import type { CallWords } from "./call-words.ts";
import { runScenario, type ScenarioOptions } from "./run-scenario.ts";

/** Registers a scenario as a test. */
export function scenario(name: string, body: (call: CallWords) => void, options: ScenarioOptions = {}): void {
  test(name, () => {
    runScenario(body, options);
  });
}
