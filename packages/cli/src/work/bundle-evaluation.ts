// `evaluate --bundle`: how well an exported model names photos.
import type { BundlePrecision } from "@fleuron/model";
import type { EvaluationOfRun } from "@fleuron/trainer";
import type { LoopEvent } from "@fleuron/training";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { runOfBundle } from "./run-of-bundle.js";

export interface BundleEvaluationOptions {
  readonly precision?: BundlePrecision | undefined;
  /** Photos, a folder per class. Default: those that the bundle's run held out, if it is still there. */
  readonly data?: string | undefined;
  readonly threads?: number | undefined;
  readonly signal: AbortSignal;
}

/** @throws FleuronError `option-missing` where there are no photos. */
export async function* bundleEvaluation(
  context: Context,
  path: string,
  { precision, data, threads, signal }: BundleEvaluationOptions,
): AsyncGenerator<LoopEvent, EvaluationOfRun> {
  const [trainer, exporter, runtime] = await Promise.all([
    context.loadTrainer(),
    context.loadExporter(),
    context.loadRuntime(),
  ]);
  const { folder, manifest } = await runtime.openBundle(path);
  const { labels } = manifest;
  const run = data === undefined ? yield* runOfBundle({ trainer, exporter, folder, manifest }) : undefined;
  if (data === undefined && run === undefined) throw withoutPhotos();
  const { photos, source } = yield* trainer.labelledPhotos({ run, data, labels, signal });
  if (source === "drawn") throw withoutPhotos();
  await using classifier = await runtime.loadClassifier(folder, { precision, threads, signal });
  const files = photos.map((photo) => photo.path);
  const { predictions, unreadable } = yield* runtime.classifyFiles(classifier, files, { signal });
  if (unreadable.length > 0) {
    const message = `Left out, since they cannot be read: ${unreadable.map(({ photo }) => photo).join(", ")}.`;
    yield { type: "warning", code: "photos-unreadable", message };
  }
  const classes = new Map(photos.map((photo) => [photo.path, photo.label]));
  const labelled = predictions.flatMap(({ photo, predictions }) => {
    const label = classes.get(photo);
    return label === undefined ? [] : [{ label, predictions }];
  });
  return { ...trainer.evaluationOf(labelled, labels), tta: "none" };
}

const withoutPhotos = () =>
  cliError("option-missing", "The photos that the bundle's run held out are not here any more.", {
    subject: "--data",
    hint: "Give photos with --data, a folder per class.",
  });
