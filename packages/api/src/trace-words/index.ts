/** A call's trace in words: what the trace page and the command line both say. Apart from the contracts, so that a page without traces has none of it. */
export { type FlowWords, flowWords, loadCallNames, nodeName, outputName } from "./call-names.ts";
export {
  type CallNames,
  type FlowErrorWords,
  type StepValue,
  type TraceStep,
  traceStep,
} from "./trace-step.ts";
export { traceTexts } from "./trace-texts.ts";
