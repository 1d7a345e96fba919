// Who takes part. To add one: a file beside, and a line here. Loaded when it enters.
import type { Contender } from "./contender.js";

export const contenders = {
  fleuron: async () => (await import("./fleuron.js")).fleuron,
  jaxJs: async () => (await import("./jax-js.js")).jaxJs,
  tfjs: async () => (await import("./tfjs.js")).tfjs,
  onnxruntime: async () => (await import("./onnxruntime.js")).onnxruntime,
} as const satisfies Readonly<Record<string, () => Promise<Contender>>>;

export type ContenderName = keyof typeof contenders;
