import { availableParallelism } from "node:os";
import type { EngineModule } from "../../engine/engine.js";
import { OnnxEngine } from "../../onnx/onnx-engine.js";

/** Plain onnxruntime on the processor: npm brings it, nothing is to be set up. */
export const onnxCpu: EngineModule = {
  name: "onnx-cpu",
  async create(plan, { threads = availableParallelism() } = {}) {
    const { default: runtime } = await import("onnxruntime-node");
    return new OnnxEngine(plan, {
      runtime,
      threads,
      description: {
        engine: "onnx-cpu",
        precision: plan.precision,
        threads,
        versions: { "onnxruntime-node": runtime.env.versions.node ?? "unknown" },
      },
    });
  },
};
