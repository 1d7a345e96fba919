import type { WarningEvent } from "@fleuron/model";
import { type ChosenNetwork, networkToTune } from "@fleuron/training";
import type { TrainOptions } from "../options/train-options.js";

/**
 * The network of an ONNX file, with a new head.
 * @throws FleuronError those of `networkToTune` and of `readClassifier`.
 */
export async function* networkOfFile(
  path: string,
  { head, trainable, preprocessing, channels, imageSize, resize }: TrainOptions,
): AsyncGenerator<WarningEvent, ChosenNetwork> {
  const { readClassifier, readSource } = await import("@fleuron/onnx-import/node");
  const source = await readSource(path);
  const file = yield* readClassifier(source, {
    ...{ preprocessing, channels, resize },
    imageSize: imageSize?.toString(),
  });
  return networkToTune({ source, ...file }, { head, trainable });
}
