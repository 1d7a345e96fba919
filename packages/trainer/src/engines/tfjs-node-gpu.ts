import { tensorflowModule } from "@fleuron/tensorflow";

/** TensorFlow on an NVIDIA GPU, through tfjs-node-gpu: installed by `fleuron engine install tfjs-node-gpu`. */
export const tfjsNodeGpu = tensorflowModule("tfjs-node-gpu");
