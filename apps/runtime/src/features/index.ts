export { callCentreLookups } from "./call-centre-lookups.ts";
export { createFeatures } from "./create-features.ts";
export type { FeaturesGiven } from "./features-given.ts";
