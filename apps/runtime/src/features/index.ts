export { createFeatures, type FeaturesGiven } from "./create-features.ts";
