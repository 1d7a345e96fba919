import { openDevice } from "@fleuron/graph/webgpu";
import { createWebgpuEngine } from "@fleuron/training/webgpu";
import type { Contender } from "./contender.js";
import { kernelTimes } from "./kernel-times.js";
import { trainedBy } from "./trained-by.js";

const TIMESTAMPS = "timestamp-query";

export const fleuron: Contender = {
  name: "Fleuron",
  async open(step) {
    const adapter = (await navigator.gpu.requestAdapter({ powerPreference: "high-performance" }))!;
    const device = await openDevice(adapter, {
      requiredFeatures: adapter.features.has(TIMESTAMPS) ? [TIMESTAMPS] : [],
    });
    const description = { engine: "webgpu", precision: step.plan.precision, threads: 1, versions: {} };
    const opened = await trainedBy(await createWebgpuEngine(step.plan, { device, description }), step);
    if (!device.features.has(TIMESTAMPS)) return opened;
    return { ...opened, kernels: () => kernelTimes(device, opened.step) };
  },
};
