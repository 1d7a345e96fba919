import type { Absent, Contender } from "./contender.js";

/** Each in a file of its own: onnxruntime's threads load the file again that it lies in. */
export const openContenders: Readonly<Record<string, (threads: number) => Promise<Contender | Absent>>> = {
  fleuron: async (threads) => (await import("./fleuron.js")).fleuron(threads),
  "InferenceSession.run": async (threads) => (await import("./bare-run.js")).bareRun(threads),
  "preprocessing by canvas": async () => (await import("./canvas-preprocessing.js")).canvasPreprocessing,
  "preprocessing in transformers.js's steps": async () =>
    (await import("./transformers-preprocessing.js")).transformersPreprocessing,
  "tfjs, wasm": async (threads) => (await import("./tfjs.js")).tfjs("wasm", threads),
  "tfjs, webgl": async (threads) => (await import("./tfjs.js")).tfjs("webgl", threads),
};
