import { type ConvolutionForms, cpuTrainingLowerings, type LoweringTable } from "@fleuron/graph/onnx";
import type { OnnxSessionOptions } from "./onnx-runtime.js";

/** How a runtime executes training: what an engine for WebGPU or CUDA gives instead of `onProcessor`. */
export interface OnnxExecution {
  readonly lowerings: LoweringTable<number>;
  /** With `executionProviders`, for one. Threads and kept memory are the engine's to decide. */
  readonly sessionOptions: OnnxSessionOptions;
}

export const sharedSessionOptions: OnnxSessionOptions = {
  graphOptimizationLevel: "all",
  executionMode: "sequential",
  // Planning all buffers as one block takes a third more memory here and saves no time.
  enableMemPattern: false,
  // What fails is thrown; onnxruntime would write it to the terminal, too.
  logSeverityLevel: 4,
};

export const onProcessor = (convolutions: ConvolutionForms): OnnxExecution => ({
  lowerings: cpuTrainingLowerings(convolutions),
  sessionOptions: sharedSessionOptions,
});
