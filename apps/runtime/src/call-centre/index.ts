export { callOn, placedCallId } from "./callback-ids.ts";
export { createCallCentre } from "./create-call-centre.ts";
export type { CallNoteDocument, OfferDocument, ShiftDocument, WaitingCallDocument } from "./documents.ts";
export { callCentreCollections } from "./model.ts";
export { mongoCentreStore } from "./mongo-centre-store.ts";
export { numberToRing } from "./number-to-ring.ts";
export { LONG_MS, type ShiftTimeDocument } from "./shift-times.ts";
