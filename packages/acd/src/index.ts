export { type Change, changes } from "./changes.ts";
export { decide } from "./decide.ts";
export type * from "./decision.ts";
export type * from "./events.ts";
export { checkInvariants, type Violation } from "./invariants.ts";
export { waitingCallId } from "./on-call-events.ts";
export { operatorTransitions, type Transition } from "./operator-states.ts";
export { emptyState, standardSettings } from "./settings.ts";
export * from "./types.ts";
