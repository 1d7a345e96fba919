import { answerOf, type SquarePreprocessing } from "@fleuron/model";
import type { BatchClassifier } from "@fleuron/predictions";
import { softmax } from "@fleuron/training";
import { openPredictor, type PredictorOptions } from "./predictor.js";

export interface RunClassifierOptions extends PredictorOptions {
  readonly labels: readonly string[];
  readonly preprocessing: SquarePreprocessing;
  readonly topK: number;
}

export async function openRunClassifier(
  { labels, preprocessing, topK, ...options }: RunClassifierOptions,
  signal: AbortSignal,
): Promise<BatchClassifier> {
  const engine = await openPredictor(options, signal);
  const naming = { labels, rejectBelow: engine.calibration.rejectBelow, topK };
  return {
    preprocessing,
    async classify(images, size) {
      const { data } = await engine.predict({ size, images });
      return Array.from({ length: size }, (_, at) => {
        const logits = data.slice(at * labels.length, (at + 1) * labels.length);
        return answerOf(softmax(logits), naming);
      });
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
