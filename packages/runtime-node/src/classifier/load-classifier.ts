import { type BundleModel, type BundlePrecision, type Classifier, mostExactFirst } from "@fleuron/model";
import type { OptionsOf } from "@fleuron/model/options";
import { checkFiles } from "../bundle/check-files.js";
import { checkFilesOnce } from "../bundle/checked-files.js";
import { type Bundle, openBundle } from "../bundle/open-bundle.js";
import { runtimeError } from "../errors.js";
import type { loadClassifierOptions } from "../options.js";
import { NodeClassifier, type NodePhoto } from "./node-classifier.js";
import { type OnnxModelOptions, openOnnxModel } from "./onnx-model.js";

export interface LoadClassifierOptions extends OptionsOf<typeof loadClassifierOptions>, OnnxModelOptions {
  /**
   * A folder for notes of large files that were found whole: one that nobody has touched since is not hashed again. Default: none,
   * and each file is hashed whenever it is loaded.
   */
  readonly checkedFiles?: string | undefined;
  /** Ends loading. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads a bundle's ONNX model into onnxruntime, after its files were found to be the ones that the manifest
 * describes, and runs it once.
 * @param folder the bundle's.
 * @throws FleuronError `bundle-missing`, `manifest-invalid`, `manifest-newer`, `model-missing`,
 * `bundle-damaged`, `model-unusable`, `file-unreadable`; the signal's reason.
 */
export async function loadClassifier(
  folder: string,
  options: LoadClassifierOptions = {},
): Promise<Classifier<NodePhoto>> {
  const { precision, threads, forFewPhotos, checkedFiles, signal } = options;
  signal?.throwIfAborted();
  const bundle = await openBundle(folder);
  const model = chooseModel(bundle, precision);
  if (checkedFiles === undefined) await checkFiles(bundle.folder, model, signal);
  else await checkFilesOnce(checkedFiles, bundle.folder, model, signal);
  signal?.throwIfAborted();
  const opened = await openOnnxModel(bundle, model, { threads, forFewPhotos });
  if (signal?.aborted) {
    await opened[Symbol.asyncDispose]();
    throw signal.reason;
  }
  return new NodeClassifier(bundle.manifest, model, opened);
}

function chooseModel({ folder, manifest }: Bundle, wanted: BundlePrecision | undefined): BundleModel {
  const models = manifest.models.filter(({ format }) => format === "onnx");
  const [model] = models
    .filter(({ precision }) => wanted === undefined || precision === wanted)
    .sort(mostExactFirst);
  if (model) return model;
  const has = models.map(({ precision }) => precision).join(", ");
  throw runtimeError(
    "model-missing",
    `${folder} has no ONNX model${wanted === undefined ? "" : ` of storage precision ${wanted}`}.`,
    {
      subject: folder,
      hint:
        models.length === 0
          ? "Write the bundle again with `writeBundle` and the `format` onnx."
          : `It has ${has}.`,
    },
  );
}
