import { allFilesOf, type BundleModel, type ProgressEvent, type WarningEvent } from "@fleuron/model";
import type { OptionsOf } from "@fleuron/model/options";
import { type Bundle, checkFiles, openBundle } from "@fleuron/runtime-node";
import { exportError } from "../../errors.js";
import type { verifyBundleOptions } from "../../options/index.js";
import { unreadablePhotos } from "../unreadable-photos.js";
import { checkCompressed } from "./check-compressed.js";
import { checkModel } from "./check-model.js";
import { knownAccuracy, knownLargestClass } from "./known-classes.js";
import { type PhotoToVerify, readInputs } from "./read-inputs.js";
import { onnxReference, ownReference, type TrainedPrediction, trainedReference } from "./reference.js";
import type { ModelCheck, VerificationReport } from "./report.js";
import type { BrowserRunners } from "./runners/chromium/browser-runners.js";
import { nodeRunners } from "./runners/index.js";
import { onnxruntimeNode } from "./runners/onnxruntime-node.js";

export interface VerifyBundleOptions extends OptionsOf<typeof verifyBundleOptions> {
  readonly photos: readonly PhotoToVerify[];
  /**
   * What the trainer says about the photos; those that it leaves out are left out. Default: the bundle's float32 ONNX
   * model is the reference, and is not checked itself.
   */
  readonly trained?: readonly TrainedPrediction[] | undefined;
  /** The models to check. Default: all of the bundle. */
  readonly models?: readonly Pick<BundleModel, "format" | "precision">[] | undefined;
  /** Whether this process has just written them, and hashed them on the way: they are not hashed again. Default: false. */
  readonly justWritten?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the same photos through the models of a bundle and through the weights that they come from.
 * @throws FleuronError `bundle-missing`, `bundle-damaged`, `compressed-differs`, `model-unusable`, `no-photos`, `no-reference`; with
 * `browser` those of `@fleuron/chromium`; the signal's reason.
 */
export async function* verifyBundle(
  options: VerifyBundleOptions,
): AsyncGenerator<ProgressEvent | WarningEvent, VerificationReport> {
  const { trained, browser = false, justWritten = false, signal } = options;
  const bundle = await openBundle(options.bundle);
  const { folder, manifest } = bundle;
  const models = chosenModels(manifest.models, options.models);
  for (const model of models) {
    if (!justWritten) await checkFiles(folder, { files: allFilesOf(model) }, signal);
    await checkCompressed(folder, model, signal);
  }

  const own = trained ? undefined : ownReference(bundle);
  await using inBrowser = browser ? yield* inChromium(folder, signal) : undefined;
  const runners = [...nodeRunners, ...(inBrowser?.runners ?? [])];
  const compared = models.flatMap((model) =>
    runners
      .filter(({ format }) => format === model.format)
      // Compared with itself a model always agrees.
      .filter((runner) => model !== own || runner !== onnxruntimeNode)
      .map((runner) => ({ model, runner })),
  );
  if (compared.length === 0) throw nothingCompared(bundle);

  const known = trained && new Set(trained.map(({ photo }) => photo));
  const photos = options.photos.filter(({ path }) => known?.has(path) ?? true);
  const { inputs, unreadable } = yield* readInputs(photos, manifest.preprocessing, signal);
  if (unreadable.length > 0) yield unreadablePhotos(unreadable);
  if (inputs.length === 0) throw noPhotos();

  const reference = own
    ? yield* onnxReference({ bundle, model: own, inputs, signal })
    : trainedReference(trained!, inputs, manifest.labels);
  const checks: ModelCheck[] = [];
  for (const { model, runner } of compared)
    checks.push(yield* checkModel({ bundle, model, runner, inputs, reference, signal }));
  return {
    bundle: folder,
    reference: reference.name,
    photos: inputs.length,
    accuracy: knownAccuracy(reference.probabilities, inputs, manifest.labels.length),
    largestClass: knownLargestClass(inputs, manifest.labels),
    checks,
    passed: checks.every(({ passed }) => passed),
  };
}

const nothingCompared = ({ folder, manifest }: Bundle) =>
  exportError("no-reference", `${folder} has one model, and there is nothing to compare it with.`, {
    subject: folder,
    hint: manifest.source
      ? `Name the file that it was imported from, ${manifest.source.file}, with \`source\`.`
      : "Give the run that it comes from with `run`.",
  });

/** Playwright takes half a second to load, which nobody else should wait for. */
async function* inChromium(
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProgressEvent | WarningEvent, BrowserRunners> {
  const { openBrowserRunners } = await import("./runners/chromium/browser-runners.js");
  return yield* openBrowserRunners(folder, signal);
}

const chosenModels = (
  models: readonly BundleModel[],
  wanted: VerifyBundleOptions["models"],
): readonly BundleModel[] =>
  models.filter(
    (model) =>
      wanted?.some(({ format, precision }) => format === model.format && precision === model.precision) ??
      true,
  );

const noPhotos = () =>
  exportError("no-photos", "There is no photo to verify with.", {
    hint: "Give a folder of photos with `data`.",
  });
