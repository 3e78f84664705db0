export * from "./adopt.ts";
export * from "./annotations.ts";
export * from "./bundle/index.ts";
export * from "./canonical-text.ts";
export { isTemplate, sampleAnswers } from "./check-template.ts";
export type * from "./company-facts.ts";
export * from "./edit-command.ts";
export type { EnvelopeCommand } from "./edit-envelope.ts";
export * from "./everyday/index.ts";
export * from "./facts-of-company.ts";
export * from "./finding.ts";
export { findingsPage } from "./findings-page.ts";
export * from "./flow-diff.ts";
export * from "./flow-document.ts";
export * from "./flow-json-schema.ts";
export * from "./insert-on-edge.ts";
export { type MergedFlow, mergeFlows } from "./merge-flows.ts";
export type { MergeConflict, Side as MergeSide } from "./merge-values.ts";
export * from "./node-type-registry.ts";
export * from "./parse-flow.ts";
export * from "./prompt-source.ts";
export * from "./recorded-text.ts";
export * from "./replace-text.ts";
export * from "./search-text.ts";
export * from "./set-at-pointer.ts";
export * from "./shape-findings.ts";
export * from "./ssml.ts";
export { MAX_SUBFLOW_DEPTH } from "./subflow-depth.ts";
export { createSubflowUses } from "./subflow-uses.ts";
export * from "./text-places.ts";
export { translateTemplate } from "./translate-template.ts";
export * from "./validate.ts";
export type * from "./way-out.ts";
export { diffWords, type TextPiece } from "./words-diff.ts";

// Flows taken apart and put together again.

export { type Extracted, type ExtractRefusal, extractSubflow } from "./subflow/extract-subflow.ts";
export { type InlineRefusal, inlineSubflow } from "./subflow/inline-subflow.ts";
