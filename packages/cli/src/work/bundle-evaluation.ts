// `evaluate --bundle`: how well an exported model names photos.
import { type BundlePrecision, counted, type Manifest } from "@fleuron/model";
import type { EvaluationOfRun } from "@fleuron/trainer";
import type { LoopEvent } from "@fleuron/training";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { openBundle } from "./open-bundle.js";
import { originOf, runOfBundle } from "./run-of-bundle.js";

export interface BundleEvaluationOptions {
  /** The run that the bundle comes from. Default: the one that is found. */
  readonly run?: string | undefined;
  readonly precision?: BundlePrecision | undefined;
  /** Photos, a folder per class. Default: those that the bundle's run held out. */
  readonly data?: string | undefined;
  readonly threads?: number | undefined;
  readonly signal: AbortSignal;
}

/** @throws FleuronError `option-missing` where there are no photos. */
export async function* bundleEvaluation(
  context: Context,
  path: string,
  { run: named, precision, data, threads, signal }: BundleEvaluationOptions,
): AsyncGenerator<LoopEvent, EvaluationOfRun> {
  const opened = await openBundle(context, path);
  const { trainer, runtime, folder, manifest } = opened;
  const { labels } = manifest;
  // What the bundle lacks is reported before anything is looked for.
  await using classifier = await runtime.loadClassifier(folder, { precision, threads, signal });
  const run = yield* runOfBundle({ ...opened, run: named });
  if (run === undefined && data === undefined) throw withoutRun(manifest);
  const { photos, ...measured } = yield* trainer.labelledPhotos({ run, data, labels, signal });
  if (measured.source === "drawn") throw withoutPhotos(manifest);
  const files = photos.map((photo) => photo.path);
  const { predictions, unreadable } = yield* runtime.classifyFiles(classifier, files, { signal });
  if (unreadable.length > 0) {
    const names = unreadable.map(({ photo }) => photo).join(", ");
    const message = `Skipped ${counted(unreadable.length, "unreadable photo")}: ${names}.`;
    yield { type: "warning", code: "photos-unreadable", message };
  }
  const classes = new Map(photos.map((photo) => [photo.path, photo.label]));
  const labelled = predictions.flatMap(({ photo, predictions }) => {
    const label = classes.get(photo);
    return label === undefined ? [] : [{ label, predictions }];
  });
  const { kind: _, ...calibration } = manifest.output;
  const network = { labels, calibration, fittedToHalf: measured.source === "validation" };
  return { ...trainer.evaluationOf(labelled, network), tta: "none", ...measured };
}

function withoutRun(manifest: Manifest) {
  const { training } = manifest;
  const message = training
    ? `The bundle's run, ${training.run}, was not found, and so its validation photos are not known.`
    : `The bundle was imported from ${originOf(manifest)}, and its validation photos are not known.`;
  const named = training ? "Name the run with --run, or give" : "Give";
  return cliError("option-missing", message, {
    subject: training ? "run" : "data",
    hint: `${named} photos with --data, a folder per class.`,
  });
}

export const withoutPhotos = (manifest: Manifest) =>
  cliError("option-missing", `The validation photos of ${originOf(manifest)} are not where they were.`, {
    subject: "data",
    hint: "Pass their current folder with --data, or other photos, a folder per class.",
  });
