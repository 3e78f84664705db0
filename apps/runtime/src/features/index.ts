export { createFeatures, type Features, type FeaturesGiven, type Health } from "./create-features.ts";
