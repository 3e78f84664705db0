export { callCentreLookups } from "./call-centre-lookups.ts";
export { createFeatures, type FeaturesGiven } from "./create-features.ts";
