export { callOn, placedCallId } from "./callback-ids.ts";
export type { CallCentreStore, EntityWrite } from "./centre-store.ts";
export { createCallCentre } from "./create-call-centre.ts";
export type { CallNoteDocument, OfferDocument, ShiftDocument, WaitingCallDocument } from "./documents.ts";
export { callCentreCollections } from "./model.ts";
export { mongoCentreStore } from "./mongo-centre-store.ts";
export { judgeNumber, numberToRing } from "./number-to-ring.ts";
export { createQueueFigures } from "./queue-figures.ts";
export { LONG_MS, type ShiftTimeDocument } from "./shift-times.ts";
