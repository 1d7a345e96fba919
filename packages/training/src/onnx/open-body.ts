// The part of a network that stays as it is, on onnxruntime.
import type { Graph } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import type { Body } from "../features/body-features.js";
import type { OnnxRuntime } from "./onnx-runtime.js";

export interface OpenBody extends AsyncDisposable {
  readonly features: Body;
}

/** @param values of the graph's variables, by their names. */
export async function openBody(
  graph: Graph,
  values: ReadonlyMap<string, Float32Array>,
  { runtime, threads }: { readonly runtime: OnnxRuntime; readonly threads: number },
): Promise<OpenBody> {
  const session = await runtime.InferenceSession.create(toOnnx(graph, { values }), {
    intraOpNumThreads: threads,
    logSeverityLevel: 4,
  });
  const [, ...photo] = graph.types[graph.inputs[0]!.value]!.shape as readonly number[];
  return {
    async features({ size, images }) {
      const image = new runtime.Tensor("float32", images, [size, ...photo]);
      const { features } = await session.run({ image });
      return features!.data as Float32Array;
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}
