import type { LayerOfType } from "@fleuron/model";
import { biasAdd } from "../operations/bias-add.js";
import { matMul } from "../operations/mat-mul.js";
import { activate } from "./activation.js";
import type { LayerLowering } from "./layer.js";

export const dense: LayerLowering<LayerOfType<"dense">> = (layer, [x], context) => {
  const y = biasAdd(matMul(x, context.parameter("kernel")), context.parameter("bias"));
  return activate(layer, y);
};
