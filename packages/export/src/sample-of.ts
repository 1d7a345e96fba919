// What a model says of a picture that every reader can draw.
import { type ModelSample, mosaicInput, type PreprocessingSpecification, rankLabels } from "@fleuron/model";

/** Labels that a sample has at most. */
const MOST_LABELS = 5;
/** Pictures to choose from. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const DIGITS = 7;

export interface SampledModel {
  readonly labels: readonly string[];
  readonly preprocessing: PreprocessingSpecification;
  /** The probabilities of one image. */
  readonly run: (image: Float32Array) => Promise<ArrayLike<number>>;
}

/** The picture that a model is least sure of: where one label has it all, much may be wrong unseen. */
export async function sampleOf({ labels, preprocessing, run }: SampledModel): Promise<ModelSample> {
  const samples: ModelSample[] = [];
  for (const seed of SEEDS) {
    const predictions = rankLabels(await run(mosaicInput(seed, preprocessing)), labels, MOST_LABELS);
    samples.push({
      seed,
      predictions: predictions.map(({ label, probability }) => ({
        label,
        probability: rounded(probability),
      })),
    });
  }
  const surest = ({ predictions }: ModelSample) => predictions[0]!.probability;
  return samples.reduce((least, each) => (surest(each) < surest(least) ? each : least));
}

const rounded = (probability: number): number => Math.min(Number(probability.toFixed(DIGITS)), 1);
