import { tensorflowModule } from "./tensorflow/tensorflow-module.js";

/** TensorFlow on the processor, through tfjs-node: installed by `fleuron engine install tfjs-node`. */
export const tfjsNode = tensorflowModule("tfjs-node");
