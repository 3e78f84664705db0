export { createDiallingFeature, type DiallingFeature } from "./create-dialling-feature.ts";
export { prepareDialling } from "./model.ts";
