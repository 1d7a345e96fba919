import { createRequire } from "node:module";
import { threadCount } from "@fleuron/files";
import { fasterInBfloat16 } from "@fleuron/machine";
import type { EngineModule } from "@fleuron/training";
import { bad, good } from "@fleuron/training";

/** Plain onnxruntime on the processor: npm brings it, nothing is to be set up. */
export const onnxCpu: EngineModule = {
  name: "onnx-cpu",
  precisions: ["float32"],
  setUp: "install the package onnxruntime-node",
  reducesGradients: true,
  async suits({ processor }, { mayRound }) {
    const rank = 10;
    if (!fasterInBfloat16(processor))
      return { rank, reason: "the fastest on this processor, which is not faster in bfloat16" };
    return { rank, reason: mayRound ? "needs no set-up" : "the fastest in float32" };
  },
  async probe() {
    const what = "onnxruntime-node";
    try {
      const { version } = createRequire(import.meta.url)(`${what}/package.json`) as {
        readonly version: string;
      };
      return [good(what, version)];
    } catch {
      return [bad(what, "not installed", this.setUp)];
    }
  },
  async create(plan, { threads: asked, deterministic = false, reduceGradients } = {}) {
    const threads = threadCount(asked);
    const [{ onnxruntime: runtime }, { OnnxEngine }] = await Promise.all([
      import("@fleuron/runtime-node"),
      import("@fleuron/training/onnx"),
    ]);
    return new OnnxEngine(plan, {
      runtime,
      threads,
      reduceGradients,
      description: {
        engine: "onnx-cpu",
        precision: plan.precision,
        threads,
        ...(deterministic && { deterministic }),
        versions: { "onnxruntime-node": runtime.env.versions.node ?? "unknown" },
      },
    });
  },
};
