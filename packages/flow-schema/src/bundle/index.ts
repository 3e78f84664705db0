export { type CompanyKind, companyKinds, companyReferences, type Mapped, withMapped } from "./company-names.ts";
export * from "./flow-bundle.ts";
export { type MergedScenarios, mergeScenarios } from "./merge-scenarios.ts";
export * from "./plan-import.ts";
