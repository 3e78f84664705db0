export { createSimulatorCore } from "./create-simulator-core.ts";
export { parseSipRequest } from "./sip/sip-text.ts";
export type * from "./types.ts";
export { CARRIED_VERBS } from "./verbs/make-verb.ts";
export { validateVerb } from "./verbs/validate-verb.ts";
