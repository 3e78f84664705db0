export { createDiallingFeature, type DiallingFeature } from "./create-dialling-feature.ts";
export { emergencyNumber, numberToDial } from "./may-dial.ts";
export { prepareDialling } from "./model.ts";
