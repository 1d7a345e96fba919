import { onnxLowerings } from "@fleuron/graph/onnx";
import { type OnnxExecution, sharedSessionOptions } from "./on-processor.js";

/** For a GPU of NVIDIA: plain convolutions, for which cuDNN has algorithms of its own; what CUDA lacks, the processor computes. */
export const onCuda: OnnxExecution = {
  lowerings: onnxLowerings,
  sessionOptions: { ...sharedSessionOptions, executionProviders: ["cuda"] },
};
