export * from "./adopt.ts";
export * from "./canonical-text.ts";
export { isTemplate, sampleAnswers } from "./check-template.ts";
export type * from "./company-facts.ts";
export * from "./edit-command.ts";
export type { EnvelopeCommand } from "./edit-envelope.ts";
export * from "./finding.ts";
export * from "./flow-diff.ts";
export * from "./flow-document.ts";
export * from "./flow-json-schema.ts";
export * from "./insert-on-edge.ts";
export * from "./node-type-registry.ts";
export * from "./parse-flow.ts";
export * from "./prompt-source.ts";
export * from "./shape-findings.ts";
export { MAX_SUBFLOW_DEPTH } from "./subflow-depth.ts";

export { translateTemplate } from "./translate-template.ts";
export * from "./validate.ts";
