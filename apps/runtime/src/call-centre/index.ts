export { createCallCentre } from "./create-call-centre.ts";
export type { OfferDocument, ShiftDocument } from "./documents.ts";
export { callCentreCollections } from "./model.ts";
export { mongoCentreStore } from "./mongo-centre-store.ts";
export { LONG_MS, type ShiftTimeDocument } from "./shift-times.ts";
