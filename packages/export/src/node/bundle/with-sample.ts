import { sep } from "node:path";
import { type BundleModel, type ModelSample, mosaicInput, rankLabels } from "@fleuron/model";
import { type ModelPlace, openOnnxModel } from "@fleuron/runtime-node";
import { exportError } from "../../errors.js";

/** Labels that a sample has at most. */
const MOST_LABELS = 5;
/** Pictures to choose from. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const DIGITS = 7;

/**
 * Opens an ONNX model as its users will, and adds what it gives for a picture. Weights that are numbers may still give
 * none, at any storage precision.
 * @throws FleuronError `model-invalid`.
 */
export async function withSample(bundle: ModelPlace, model: BundleModel): Promise<BundleModel> {
  try {
    return { ...model, sample: await sampleOf(bundle, model) };
  } catch (cause) {
    const reason = (cause as Error).message.replaceAll(`${bundle.folder}${sep}`, "");
    throw exportError("model-invalid", `The model cannot be exported: ${reason}`, {
      hint: "Export another checkpoint or run, or train again.",
      cause,
    });
  }
}

/** The picture that it is least sure of: where one label has it all, much may be wrong unseen. */
async function sampleOf(bundle: ModelPlace, model: BundleModel): Promise<ModelSample> {
  await using opened = await openOnnxModel(bundle, model, { forFewPhotos: true });
  const samples: ModelSample[] = [];
  for (const seed of SEEDS) {
    const probabilities = await opened.run(mosaicInput(seed, bundle.manifest.preprocessing));
    const predictions = rankLabels(probabilities, bundle.manifest.labels, MOST_LABELS);
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
