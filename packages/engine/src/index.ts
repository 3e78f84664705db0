export type * from "./call-snapshot.ts";
export * from "./compile.ts";
export type * from "./compiled-flow.ts";
export * from "./export-machine.ts";
export type { CallStart } from "./first-snapshot.ts";
export type * from "./machine-types.ts";
export * from "./run-until-wait.ts";
export * from "./step.ts";
export type * from "./step-result.ts";
