// Who takes part. To add one: a file beside, and a line here. Loaded when it enters.
import type { Contender } from "./contender.js";

export const contenders = {
  fleuron: async () => (await import("./fleuron.js")).fleuron,
  jaxJs: async () => (await import("./jax-js.js")).jaxJs,
  tfjsWebgpu: tfjs("webgpu", () => import("@tensorflow/tfjs-backend-webgpu")),
  tfjsWebgl: tfjs("webgl", () => import("@tensorflow/tfjs-backend-webgl")),
  tfjsWasm: tfjs("wasm", async () => {
    const { setThreadsCount, setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setThreadsCount(1);
    setWasmPaths("/tfjs/");
  }),
  tfjsCpu: tfjs("cpu", () => import("@tensorflow/tfjs-backend-cpu")),
  onnxruntime: async () => (await import("./onnxruntime.js")).onnxruntime,
} as const satisfies Readonly<Record<string, () => Promise<Contender>>>;

export type ContenderName = keyof typeof contenders;

function tfjs(backend: string, load: () => Promise<unknown>): () => Promise<Contender> {
  return async () => {
    const [{ tfjsOn }] = await Promise.all([import("./tfjs.js"), load()]);
    return tfjsOn(backend);
  };
}
