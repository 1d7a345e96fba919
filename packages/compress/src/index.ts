export { cutWeights, type KeptUnits } from "./cut/cut-weights.js";
export { type CuttableLayer, cuttableLayers } from "./cut/cuttable-layers.js";
export { withUnits } from "./cut/with-units.js";
