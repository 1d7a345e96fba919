import { type BundlePrecision, inputLength } from "@fleuron/model";
import { loadClassifier } from "@fleuron/runtime-node";
import type { BatchClassifier } from "./batch-classifier.js";

export interface BundleClassifierOptions {
  readonly bundle: string;
  readonly precision: BundlePrecision | undefined;
  readonly topK: number;
  readonly threads: number | undefined;
  readonly signal: AbortSignal;
}

/** @throws FleuronError those of `loadClassifier`. */
export async function openBundleClassifier({
  bundle,
  topK,
  ...options
}: BundleClassifierOptions): Promise<BatchClassifier> {
  const classifier = await loadClassifier(bundle, options);
  const { preprocessing } = classifier.manifest;
  const length = inputLength(preprocessing);
  return {
    preprocessing,
    async classify(images, size) {
      const inputs = Array.from({ length: size }, (_, at) => images.subarray(at * length, (at + 1) * length));
      return classifier.classify(inputs, { topK });
    },
    [Symbol.asyncDispose]: () => classifier.dispose(),
  };
}
