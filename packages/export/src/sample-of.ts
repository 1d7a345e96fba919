// What a model says of a picture that every reader can draw.
import { type ModelSample, mosaicInput, type PreprocessingSpecification, rankLabels } from "@fleuron/model";

/** Labels that a sample has at most. */
const MOST_LABELS = 5;
/** Pictures to choose from. */
const SEEDS = [1, 2];
const DIGITS = 7;

export interface SampledModel {
  readonly labels: readonly string[];
  readonly preprocessing: PreprocessingSpecification;
  /** The probabilities of so many images, [count, labels]. */
  readonly run: (images: Float32Array, count: number) => Promise<Float32Array>;
}

/** The one of the two pictures that a model is less sure of: where one label has it all, much may be wrong unseen. */
export async function sampleOf({ labels, preprocessing, run }: SampledModel): Promise<ModelSample> {
  const pictures = SEEDS.map((seed) => mosaicInput(seed, preprocessing));
  const length = pictures[0]!.length;
  const images = new Float32Array(pictures.length * length);
  for (const [at, picture] of pictures.entries()) images.set(picture, at * length);
  const probabilities = await run(images, pictures.length);
  const samples = SEEDS.map((seed, at): ModelSample => {
    const own = probabilities.subarray(at * labels.length, (at + 1) * labels.length);
    const predictions = rankLabels(own, labels, MOST_LABELS).map(({ label, probability }) => ({
      label,
      probability: rounded(probability),
    }));
    return { seed, predictions };
  });
  const surest = ({ predictions }: ModelSample) => predictions[0]!.probability;
  return samples.reduce((least, each) => (surest(each) < surest(least) ? each : least));
}

const rounded = (probability: number): number => Math.min(Number(probability.toFixed(DIGITS)), 1);
