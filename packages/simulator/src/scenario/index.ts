export type { CallWords, ScenarioCaller } from "./call-words.ts";
export { type Duration, milliseconds } from "./duration.ts";
export { compiledFlow, type FlowSketch, flow, node } from "./flow-sketch.ts";
export type { Heard } from "./heard.ts";
export { playScenario } from "./play-scenario.ts";
export { runScenario, type ScenarioOptions, type ScenarioReport } from "./run-scenario.ts";
export { ScenarioFailure } from "./scenario-failure.ts";
export {
  type ReadScenarioFile,
  readScenarioFile,
  ScenarioFile,
  ScenarioStep,
  WrittenScenario,
} from "./scenario-file.ts";
export { scenarioFlow } from "./scenario-flow.ts";
export type { MailboxHeld, ScenarioMailbox } from "./scenario-mailbox.ts";
export type { ScenarioOperator } from "./scenario-operator.ts";
