import type { TrainingPlan } from "@fleuron/training";
import { OnnxEngine } from "@fleuron/training/onnx";
import onnxruntime from "onnxruntime-node";

/** What an engine of TensorFlow is compared with: plain onnxruntime, on one thread of the processor. */
export const referenceEngine = (plan: TrainingPlan): OnnxEngine =>
  new OnnxEngine(plan, {
    runtime: onnxruntime,
    threads: 1,
    description: { engine: "onnx-cpu", precision: plan.precision, threads: 1, versions: {} },
  });
