// A checkpoint's network for a few photos: onnxruntime maps the weights where they lie, so that nobody waits until all are read.
import { basename, dirname, join } from "node:path";
import { checkOnce, threadCount } from "@fleuron/files";
import { networkOf } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { cacheFolder } from "@fleuron/photos/paths";
import type { Checkpoint } from "@fleuron/run-folder";
import { parameterStateName, type TrainingEngine, type TrainingPlan } from "@fleuron/training";

export interface WeightsInPlace extends Pick<TrainingEngine, "predict">, AsyncDisposable {}

export interface WeightsInPlaceOptions {
  readonly file: string;
  readonly plan: TrainingPlan;
  readonly threads: number | undefined;
}

/**
 * Opens the network of a checkpoint, whose weights are looked through for what is no number once, and again when the file was touched.
 * @returns undefined where onnxruntime does not take the file as it lies, such as behind a link, or another took its place meanwhile.
 * @throws FleuronError `checkpoint-invalid`, `checkpoint-truncated`.
 */
export async function openWeightsInPlace(
  checkpoint: Checkpoint,
  { file, plan, threads }: WeightsInPlaceOptions,
): Promise<WeightsInPlace | undefined> {
  const notes = join(cacheFolder(), "checked");
  const check = () => lookThrough(checkpoint);
  await checkOnce({ notes, path: file, expected: "numbers", check });
  const network = networkOf(plan.network);
  const graph = network.inferenceGraph();
  const places = new Map(
    network.parameters.map((parameter) => [
      parameter.name,
      { file: basename(file), ...checkpoint.places.get(parameterStateName(parameter))! },
    ]),
  );
  const { onnxruntime } = await import("@fleuron/runtime-node");
  const options = {
    executionProviders: ["cpu"],
    intraOpNumThreads: threadCount(threads),
    graphOptimizationLevel: "basic",
    logSeverityLevel: 4,
    extra: {
      session: { disable_prepacking: "1", model_external_initializers_file_folder_path: dirname(file) },
    },
  } as const;
  const session = await onnxruntime.InferenceSession.create(toOnnx(graph, { places }), options).catch(
    () => undefined,
  );
  if (session === undefined) return undefined;
  if (!(await checkpoint.isInPlace())) {
    await session.release();
    return undefined;
  }
  const { channels, height, width } = network.input;
  return {
    async predict({ size, images }) {
      const image = new onnxruntime.Tensor("float32", images, [size, channels, height, width]);
      const { logits } = await session.run({ image });
      return { data: logits!.data as Float32Array, classes: network.classes };
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}

async function lookThrough(checkpoint: Checkpoint): Promise<void> {
  for await (const _ of checkpoint.read());
}
