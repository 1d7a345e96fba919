export type { TrainedModel } from "../trained-model.js";
export { weightsHash } from "./bundle/weights-hash.js";
export { type WriteBundleOptions, type WrittenBundle, writeBundle } from "./bundle/write-bundle.js";
