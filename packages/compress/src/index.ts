export { type CompressedRun, compress } from "./compress.js";
export { cutWeights, type KeptUnits } from "./cut/cut-weights.js";
export { type CuttableLayer, cuttableLayers } from "./cut/cuttable-layers.js";
export { withUnits } from "./cut/with-units.js";
export type { CompressErrorCode } from "./errors.js";
export type { CompressOptions } from "./options.js";
