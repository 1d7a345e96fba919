import { conv2dPads, imageInput, type LayerOfType } from "@fleuron/model";
import { biasAdd } from "../operations/bias-add.js";
import { conv2d as convolve } from "../operations/conv2d.js";
import { activate } from "./activation.js";
import type { LayerLowering } from "./layer.js";

export const conv2d: LayerLowering<LayerOfType<"conv2d">> = (layer, [x], context) => {
  const { groups = 1, bias = true } = layer;
  const [, height, width] = imageInput(layer, context.resolved.inputShapes);
  const convolved = convolve(x, context.parameter("kernel"), {
    strides: layer.strides,
    pads: conv2dPads(layer, [height, width]),
    dilations: [1, 1],
    groups,
  });
  return activate(layer, bias ? biasAdd(convolved, context.parameter("bias")) : convolved);
};
