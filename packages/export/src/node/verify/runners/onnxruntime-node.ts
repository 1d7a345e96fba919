import { openOnnxModel } from "@fleuron/runtime-node";
import type { ModelRunner } from "./runner.js";

export const onnxruntimeNode: ModelRunner = {
  name: "onnxruntime-node",
  format: "onnx",
  maxPhotos: Number.POSITIVE_INFINITY,
  async open(bundle, model) {
    const onnx = await openOnnxModel(bundle, model);
    return {
      async run(images) {
        const began = performance.now();
        const probabilities = await onnx.run(images);
        return { probabilities, milliseconds: performance.now() - began };
      },
      [Symbol.asyncDispose]: () => onnx[Symbol.asyncDispose](),
    };
  },
};
