export * from "./canonical-text.ts";
export * from "./finding.ts";
export * from "./flow-document.ts";
export * from "./node-type-registry.ts";
export * from "./parse-flow.ts";
export * from "./prompt-source.ts";
export * from "./shape-findings.ts";
export * from "./validate.ts";
