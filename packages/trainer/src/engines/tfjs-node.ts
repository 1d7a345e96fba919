import { tensorflowModule } from "@fleuron/tensorflow";

/** TensorFlow on the processor, through tfjs-node: installed by `fleuron engine install tfjs-node`. */
export const tfjsNode = tensorflowModule("tfjs-node");
