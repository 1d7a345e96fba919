// What a run will compute on, found as the worker that trains finds it.
import { softwareObjection, webgpuProblem } from "@fleuron/runtime-web/worker";
import type { WebEngineName } from "@fleuron/trainer-web";
import { providerNames } from "../words.js";

export interface Device {
  readonly engine: WebEngineName;
  readonly name: string;
  /** Why it is not WebGPU, as half a sentence. */
  readonly reason: string | undefined;
}

export async function findDevice(): Promise<Device> {
  const reason = await webgpuProblem(softwareObjection);
  if (reason !== undefined) return { engine: "wasm", name: providerNames.wasm, reason };
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  const { vendor = "", architecture = "", description = "" } = adapter?.info ?? {};
  const gpu = description || `${vendor} ${architecture}`.trim();
  return { engine: "webgpu", name: [providerNames.webgpu, gpu].filter(Boolean).join(", "), reason };
}
