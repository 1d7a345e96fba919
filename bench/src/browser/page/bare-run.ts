import * as ort from "onnxruntime-web/wasm";
import type { Contender } from "./contender.js";

/** The same model and build of onnxruntime-web, and nothing around it. */
export async function bareRun(threads: number): Promise<Contender> {
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = { wasm: "/ort-wasm-simd-threaded.wasm" };
  const session = await ort.InferenceSession.create("/bundle/model.onnx", {
    executionProviders: ["wasm"],
    externalData: [{ path: "model.onnx.data", data: "/bundle/model.onnx.data" }],
  });
  const image = new ort.Tensor("float32", new Float32Array(3 * 227 * 227).fill(0.5), [1, 3, 227, 227]);
  return {
    name: "InferenceSession.run, wasm",
    async classify() {
      await session.run({ image });
      return {};
    },
  };
}
