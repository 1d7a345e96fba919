import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgl";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import type { Contender } from "./contenders.js";

/** The bundle's graph model, from a tensor that is there to probabilities that can be read. */
export async function tfjs(backend: "wasm" | "webgl", threads: number): Promise<Contender> {
  if (backend === "wasm") {
    setThreadsCount(threads);
    setWasmPaths("/tfjs/");
  }
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot use ${backend} here`);
  const model = await loadGraphModel("/bundle/tfjs-graph/model.json");
  const image = tf.fill([1, 227, 227, 3], 0.5);
  return {
    name: `tfjs, ${backend}`,
    // Without a GPU WebGL is emulated.
    ...(backend === "webgl" && { mostRounds: 4 }),
    async classify() {
      await tf.setBackend(backend);
      const probabilities = model.predict(image) as tf.Tensor;
      await probabilities.data();
      probabilities.dispose();
      return {};
    },
  };
}
