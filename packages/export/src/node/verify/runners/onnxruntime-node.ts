import { openOnnxModel } from "@fleuron/runtime-node";
import type { ModelRunner } from "./runner.js";

/** Laying AlexNet's weights out anew takes as long as it saves 27 photos. */
const FEW_PHOTOS = 16;

export const onnxruntimeNode: ModelRunner = {
  name: "onnxruntime-node",
  format: "onnx",
  maxPhotos: Number.POSITIVE_INFINITY,
  async open(bundle, model, photos) {
    const onnx = await openOnnxModel(bundle, model, { forFewPhotos: photos <= FEW_PHOTOS });
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
