// What only workers with the build for WebGPU need; those with the build for WASM do not carry it.
import { webgpuProblem } from "../probe-webgpu.js";
import { DeviceWatch } from "./device-watch.js";
import type { OnnxRuntime } from "./onnxruntime.js";

export interface WebgpuSupport {
  /** Why WebGPU cannot work now, as half a sentence; undefined if it can. */
  problem(): Promise<string | undefined>;
  /** Watches the device that onnxruntime has chosen. */
  watch(ort: OnnxRuntime): Promise<DeviceWatch>;
}

export const webgpuSupport: WebgpuSupport = {
  problem: () => webgpuProblem(),
  watch: async ({ env }) => new DeviceWatch((await env.webgpu.device) as GPUDevice),
};
