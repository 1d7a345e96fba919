// The part of a network that stays as it is, on onnxruntime.
import type { Graph } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { onnxruntime } from "@fleuron/runtime-node";
import type { Body } from "@fleuron/training";

export interface OpenBody extends AsyncDisposable {
  readonly features: Body;
}

/** @param values of the graph's variables, by their names. */
export async function openBody(
  graph: Graph,
  values: ReadonlyMap<string, Float32Array>,
  threads: number,
): Promise<OpenBody> {
  const session = await onnxruntime.InferenceSession.create(toOnnx(graph, { values }), {
    intraOpNumThreads: threads,
    logSeverityLevel: 4,
  });
  const [, ...photo] = graph.types[graph.inputs[0]!.value]!.shape as readonly number[];
  return {
    async features({ size, images }) {
      const image = new onnxruntime.Tensor("float32", images, [size, ...photo]);
      const { features } = await session.run({ image });
      return features!.data as Float32Array;
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}
