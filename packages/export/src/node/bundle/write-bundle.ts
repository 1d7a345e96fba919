import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { lockBeside } from "@fleuron/files";
import {
  allFilesOf,
  type BundleModel,
  bundleFormats,
  bundlePrecisions,
  formatVersionOf,
  type ImportSource,
  type Manifest,
  outputOf,
  type ProgressEvent,
  type TrainingProvenance,
  type WarningEvent,
} from "@fleuron/model";
import { checkOptions, type OptionsOf, optionError, withDefaults } from "@fleuron/model/options";
import type { ModelPlace } from "@fleuron/runtime-node";
import { checkModel } from "../../check-model.js";
import type { KnownWeights } from "../../check-weights.js";
import { exportError } from "../../errors.js";
import { writeBundleOptions } from "../../options/index.js";
import { type ModelChoice, selectModels } from "../../select-models.js";
import type { TrainedModel } from "../../trained-model.js";
import { type BundleHead, findPlace } from "./bundle-place.js";
import { commitInstead, commitInto, createStaging, recover } from "./staging.js";
import { weightsHash } from "./weights-hash.js";
import { withSample } from "./with-sample.js";
import { flushFile } from "./write-file.js";
import { writeModels } from "./write-models.js";

/** The origin of the weights: a training, or the file that they were imported from. */
type Origin =
  | { readonly training: Omit<TrainingProvenance, "weights">; readonly source?: never }
  | { readonly source: Omit<ImportSource, "weights">; readonly training?: never };

export type WriteBundleOptions = OptionsOf<typeof writeBundleOptions> &
  Origin &
  KnownWeights & {
    readonly model: TrainedModel;
    /** The SHA-256 of its weights, as {@link weightsHash} gives it, where it is known. Default: it is computed. */
    readonly knownHash?: string | undefined;
    /** What must not be replaced even with `force`: the folder of the run, of the photos. */
    readonly keep?: readonly string[];
    readonly signal?: AbortSignal | undefined;
  };

export interface WrittenBundle {
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The models that are new, or were written again. */
  readonly written: readonly BundleModel[];
}

/**
 * Writes a trained network as a bundle. Nothing of the folder changes before every file is whole and on the
 * disk, and an ONNX model has been opened; when anything fails it is as it was before. Another process that writes there is waited for.
 * @throws FleuronError `option-…`, `precision-unsupported`, `input-unsupported`, `preprocessing-unsupported`, `model-invalid`, `manifest-invalid`, `weights-invalid`, `bundle-folder-taken`,
 * `bundle-folder-protected`, `disk-full`, `file-unwritable`, `folder-unwritable`; the signal's reason.
 */
export async function* writeBundle(
  options: WriteBundleOptions,
): AsyncGenerator<ProgressEvent | WarningEvent, WrittenBundle> {
  const { model, training, source, knownFinite, knownHash: _hash, keep = [], signal, ...others } = options;
  checkOptions(writeBundleOptions, others);
  const given = withDefaults(writeBundleOptions, others);
  const { format, precisions, singleFile, input, force, folder: place } = given;
  signal?.throwIfAborted();
  if (input === "bytes" && format === "tfjs-graph") throw imagesAlone();
  if (singleFile && format === "tfjs-graph") throw filesOfItsOwn();
  const { selected, skipped } = selectModels(format, precisions);
  if (skipped.length > 0) yield skippedWarning(skipped);
  checkModel(model, { knownFinite });
  let begun: Promise<BundleHead> | undefined;
  const startHead = () => (begun ??= headOf(options));
  const folder = resolve(place);
  await using _ = yield* lockBeside(folder, signal);
  await recover(folder);
  const { present } = await findPlace(folder, { head: startHead, force, keep });
  const staging = await createStaging(folder);
  try {
    const hashedAlong = startHead();
    const encoded = yield* writeModels(staging, model, selected, { singleFile, input, signal });
    const head = await hashedAlong;
    const [written] = await Promise.all([
      withSamples({ folder: staging, manifest: head }, encoded, signal),
      ...encoded.flatMap(allFilesOf).map((file) => flushFile(staging, file)),
    ]);
    const models = merged(present?.models ?? [], written);
    const manifest = { formatVersion: formatVersionOf({ ...head, models }), ...head, models };
    signal?.throwIfAborted();
    if (present) await commitInto(folder, staging, manifest);
    else await commitInstead(folder, staging, manifest);
    return { folder, manifest, written };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function withSamples(
  place: ModelPlace,
  models: readonly BundleModel[],
  signal: AbortSignal | undefined,
): Promise<readonly BundleModel[]> {
  const written: BundleModel[] = [];
  for (const model of models) {
    signal?.throwIfAborted();
    written.push(model.format === "onnx" ? await withSample(place, model) : model);
  }
  return written;
}

async function headOf({ model, training, source, knownHash }: WriteBundleOptions): Promise<BundleHead> {
  const { labels, preprocessing } = model;
  const weights = knownHash ?? (await weightsHash(model));
  return {
    labels,
    preprocessing,
    output: outputOf(model),
    ...(training ? { training: { ...training, weights } } : { source: { ...source!, weights } }),
  };
}

const imagesAlone = () =>
  exportError("input-unsupported", "A model of TensorFlow.js takes the image, not bytes.", {
    subject: "input",
    hint: "Leave `input` out, or write the `format` onnx.",
  });

const filesOfItsOwn = () =>
  optionError("option-invalid", "A model of TensorFlow.js has its weights in files of their own.", {
    subject: "singleFile",
    hint: "Leave `singleFile` out, or write the `format` onnx.",
  });

/** The new models take the place of those of the same format and precision. */
function merged(before: readonly BundleModel[], written: readonly BundleModel[]): readonly BundleModel[] {
  const key = ({ format, precision }: BundleModel) =>
    bundleFormats.indexOf(format) * bundlePrecisions.length + bundlePrecisions.indexOf(precision);
  const models = new Map([...before, ...written].map((model) => [key(model), model]));
  return [...models].sort(([a], [b]) => a - b).map(([, model]) => model);
}

function skippedWarning(skipped: readonly ModelChoice[]): WarningEvent {
  const names = skipped.map(({ format, precision }) => `${format.name} has no ${precision}`);
  return { type: "warning", code: "precision-skipped", message: `Left out: ${names.join(", ")}.` };
}
