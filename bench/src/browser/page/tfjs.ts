import { isEmulatedGpu } from "@fleuron/model";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgl";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import type { Absent, Contender } from "./contender.js";

/** The bundle's graph model, from a tensor that is there to probabilities that can be read. */
export async function tfjs(backend: "wasm" | "webgl", threads: number): Promise<Contender | Absent> {
  const name = `tfjs, ${backend}`;
  if (backend === "webgl" && isEmulated()) return { name, absence: "no GPU computes WebGL here" };
  if (backend === "wasm") {
    setThreadsCount(threads);
    setWasmPaths("/tfjs/");
  }
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot use ${backend} here`);
  const model = await loadGraphModel("/bundle/tfjs-graph/model.json");
  const image = tf.fill([1, 227, 227, 3], 0.5);
  return {
    name,
    async classify() {
      await tf.setBackend(backend);
      const probabilities = model.predict(image) as tf.Tensor;
      await probabilities.data();
      probabilities.dispose();
      return {};
    },
  };
}

/** Whether the processor computes what WebGL asks for; true where there is none, and where nobody says. */
function isEmulated(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  const renderer = gl?.getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL;
  return !gl || renderer === undefined || isEmulatedGpu(String(gl.getParameter(renderer)));
}
