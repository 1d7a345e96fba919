import { createWebgpuEngine } from "@fleuron/training/webgpu";
import type { Contender } from "./contender.js";

export const fleuron: Contender = {
  name: "Fleuron",
  async open({ plan, state, batch, learningRate }) {
    const adapter = (await navigator.gpu.requestAdapter({ powerPreference: "high-performance" }))!;
    const { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage },
    });
    const description = { engine: "webgpu", precision: plan.precision, threads: 1, versions: {} };
    const engine = await createWebgpuEngine(plan, { device, description });
    await engine.write(
      (async function* () {
        yield* state.values();
      })(),
    );
    return async () => (await engine.step(batch, { learningRate })).loss;
  },
};
