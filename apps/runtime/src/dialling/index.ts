export { createDiallingFeature } from "./create-dialling-feature.ts";
export { prepareDialling } from "./model.ts";
