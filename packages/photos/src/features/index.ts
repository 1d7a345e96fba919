// What a body that stays as it is makes of photos, computed once.
export { type FeatureDataOptions, featureData } from "./feature-data.js";
