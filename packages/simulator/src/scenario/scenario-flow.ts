import type { CompiledFlow } from "@cordboard/engine";
import { adopt, type FlowDocument, type SubflowResolver, sampleAnswers } from "@cordboard/flow-schema";
import { compiledFlow } from "./flow-sketch.ts";
import { ScenarioFailure } from "./scenario-failure.ts";
import type { ScenarioFile, WrittenScenario } from "./scenario-file.ts";

/**
 * The flow that a written scenario calls: a template is tried with the answers of the file, those of the scenario before them, and samples of
 * what neither answers: an id that nothing has is as good as another here. Throws a ScenarioFailure when they do not fit.
 */
export function scenarioFlow(
  document: FlowDocument,
  file: Pick<ScenarioFile, "answers">,
  scenario: WrittenScenario,
  subflow: SubflowResolver = () => undefined,
): CompiledFlow {
  const adoption = adopt(document, { ...sampleAnswers(document), ...file.answers, ...scenario.answers });
  if (adoption.ok) return compiledFlow(adoption.document, [], subflow);
  const reasons = adoption.problems.map(({ parameter, message }) => `${parameter}: ${message.en}`);
  throw new ScenarioFailure(`the template cannot be tried with these answers: ${reasons.join("; ")}`);
}
