import type { FlowDocument, SubflowResolver } from "@cordboard/flow-schema";
import { draftFlow, type TriedScenario, tryScenario, type WrittenScenario } from "@cordboard/simulator/scenario";

/** What one scenario may do here, where calls are served: an engine's step takes a tenth of a millisecond. */
const MOST_STEPS = 1_000;

/**
 * Plays scenarios on a flow one after the other, letting calls through in between, and gives those that fail. A flow that cannot carry calls at
 * all is not for its scenarios to say.
 */
export async function failingScenarios(
  document: FlowDocument,
  subflow: SubflowResolver,
  scenarios: readonly WrittenScenario[],
): Promise<readonly TriedScenario[]> {
  if (scenarios.length === 0) return [];
  const compiled = draftFlow(document, subflow);
  if (!compiled.ok) return [];
  const failing: TriedScenario[] = [];
  for (const scenario of scenarios) {
    await new Promise((done) => setImmediate(done));
    const tried = tryScenario(compiled.flow, scenario, { mostSteps: MOST_STEPS });
    if (tried.failure !== null) failing.push(tried);
  }
  return failing;
}
