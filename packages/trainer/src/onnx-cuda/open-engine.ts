import type { TrainingPlan } from "@fleuron/training";
import { OnnxEngine, type OnnxExecution, type OnnxRuntime, onCuda } from "@fleuron/training/onnx";
import { NAME } from "./installation.js";

export interface OpenOptions {
  /** One that can load CUDA's provider. */
  readonly runtime: OnnxRuntime;
  readonly threads: number;
  readonly versions: { readonly [library: string]: string };
  /** What the GPU multiplies in, as it is shown. Default: float32. */
  readonly precision?: string;
  /** Default: on CUDA. */
  readonly execution?: OnnxExecution;
}

/** `onnx-cpu` with its graphs on the GPU; state and update stay in the machine's memory. */
export const openOnnxCudaEngine = (
  plan: TrainingPlan,
  { runtime, threads, versions, precision = plan.precision, execution = onCuda }: OpenOptions,
): OnnxEngine =>
  new OnnxEngine(plan, {
    runtime,
    threads,
    execution,
    description: { engine: NAME, precision, threads, versions },
  });
