// A network for a few photos: onnxruntime maps the weights where they lie, so that nobody waits until all are read.
import { networkOf } from "@fleuron/graph";
import { type ExternalPlace, toOnnx } from "@fleuron/graph/onnx";
import type { TrainingEngine } from "../engine/engine.js";
import type { TrainingPlan } from "../plan.js";
import { parameterStateName } from "../state.js";
import type { OnnxRuntime } from "./onnx-runtime.js";

export interface InPlaceOptions {
  readonly runtime: OnnxRuntime;
  readonly threads: number;
  readonly folder: string;
  readonly weights: WeightsInPlace;
}

export interface WeightsInPlace {
  /** Where in the folder's files the values of each tensor lie, float32 and little-endian, by its name in the state. */
  readonly places: ReadonlyMap<string, ExternalPlace>;
  /** Whether they are still there, and nothing has taken their place. */
  isInPlace(): Promise<boolean>;
}

export interface InPlaceEngine extends Pick<TrainingEngine, "predict">, AsyncDisposable {}

/** @returns undefined where onnxruntime does not take the file, such as one behind a link, or another took its place meanwhile. */
export async function openInPlace(
  plan: TrainingPlan,
  { runtime, threads, folder, weights }: InPlaceOptions,
): Promise<InPlaceEngine | undefined> {
  const network = networkOf(plan.network);
  const places = new Map(
    network.parameters.map((parameter) => [
      parameter.name,
      weights.places.get(parameterStateName(parameter))!,
    ]),
  );
  const model = toOnnx(network.inferenceGraph(), { places });
  const opening = runtime.InferenceSession.create(model, {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    // Neither laying out kernels in blocks nor packing matrices for repeated products.
    graphOptimizationLevel: "basic",
    logSeverityLevel: 4,
    extra: { session: { disable_prepacking: "1", model_external_initializers_file_folder_path: folder } },
  });
  const session = await opening.catch(() => undefined);
  if (session === undefined) return undefined;
  if (!(await weights.isInPlace())) {
    await session.release();
    return undefined;
  }
  const { channels, height, width } = network.input;
  return {
    async predict({ size, images }) {
      const image = new runtime.Tensor("float32", images, [size, channels, height, width]);
      const { logits } = await session.run({ image });
      return { data: logits!.data as Float32Array, classes: network.classes };
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}
