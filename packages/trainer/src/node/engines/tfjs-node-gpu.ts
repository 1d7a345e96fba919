import { tensorflowModule } from "./tensorflow/tensorflow-module.js";

/** TensorFlow on an NVIDIA GPU, through tfjs-node-gpu: installed by `fleuron engine install tfjs-node-gpu`. */
export const tfjsNodeGpu = tensorflowModule("tfjs-node-gpu");
