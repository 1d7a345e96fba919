import { createWebgpuEngine } from "@fleuron/training/webgpu";
import type { Contender } from "./contender.js";
import { trainedBy } from "./trained-by.js";

export const fleuron: Contender = {
  name: "Fleuron",
  async open(step) {
    const adapter = (await navigator.gpu.requestAdapter({ powerPreference: "high-performance" }))!;
    const { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage },
    });
    const description = { engine: "webgpu", precision: step.plan.precision, threads: 1, versions: {} };
    return trainedBy(await createWebgpuEngine(step.plan, { device, description }), step);
  },
};
