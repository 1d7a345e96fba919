import { sep } from "node:path";
import type { BundleModel, ModelSample } from "@fleuron/model";
import { type ModelPlace, openOnnxModel } from "@fleuron/runtime-node";
import { exportError } from "../../errors.js";
import { sampleOf } from "../../sample-of.js";

/**
 * Opens an ONNX model as its users will, and adds what it gives for a picture. Weights that are numbers may still give
 * none, at any storage precision.
 * @throws FleuronError `model-invalid`.
 */
export async function withSample(bundle: ModelPlace, model: BundleModel): Promise<BundleModel> {
  try {
    return { ...model, sample: await sampleInNode(bundle, model) };
  } catch (cause) {
    const reason = (cause as Error).message.replaceAll(`${bundle.folder}${sep}`, "");
    throw exportError("model-invalid", `The model cannot be exported: ${reason}`, {
      hint: "Export another checkpoint or run, or train again.",
      cause,
    });
  }
}

async function sampleInNode(bundle: ModelPlace, model: BundleModel): Promise<ModelSample> {
  await using opened = await openOnnxModel(bundle, model, { forFewPhotos: true });
  return await sampleOf({ ...bundle.manifest, run: (images) => opened.run(images) });
}
