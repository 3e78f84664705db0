export { createCallCentre } from "./create-call-centre.ts";
export { callCentreCollections } from "./model.ts";
export { mongoCentreStore } from "./mongo-centre-store.ts";
