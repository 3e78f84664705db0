export type { CallWords, ScenarioCaller } from "./call-words.ts";
export { cutSession } from "./cut-session.ts";
export { draftFlow } from "./draft-flow.ts";
export { type Duration, milliseconds } from "./duration.ts";
export { compiledFlow, type FlowSketch, flow, node } from "./flow-sketch.ts";
export type { Heard } from "./heard.ts";
export { scenarioOfPath } from "./path-scenario.ts";
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
export { sessionOf } from "./session-of.ts";
export type { SimStep } from "./sim-steps.ts";
export { toldScenario } from "./told-scenario.ts";
export { type TriedScenario, tryScenario } from "./try-scenario.ts";
export { type Session, type SimNow, type SimRun, trySession } from "./try-session.ts";
