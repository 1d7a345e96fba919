// `report --bundle`: what each ONNX file of a bundle costs and gives, on the photos that its run held out.
import type { BundleFigures } from "@fleuron/export/node";
import type { Manifest } from "@fleuron/model";
import type { LoopEvent } from "@fleuron/training";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { withoutPhotos } from "./bundle-evaluation.js";
import { openBundle } from "./open-bundle.js";
import { originOf, runOfBundle } from "./run-of-bundle.js";

interface MeasuredBundleOptions {
  /** Default: the one that is found. */
  readonly run?: string | undefined;
  /** Where the run's photos are now. */
  readonly data?: string | undefined;
  readonly threads?: number | undefined;
  readonly signal: AbortSignal;
}

interface MeasuredBundle {
  /** The run's folder. */
  readonly run: string;
  /** Beside the epochs that its weights have learnt for. */
  readonly bundle: BundleFigures & { readonly epochs: number };
}

/** @throws FleuronError `option-missing` where there is no run, or are no photos of it. */
export async function* measuredBundle(
  context: Context,
  path: string,
  { run: named, data, threads, signal }: MeasuredBundleOptions,
): AsyncGenerator<LoopEvent, MeasuredBundle> {
  const opened = await openBundle(context, path);
  const { trainer, exporter, folder, manifest } = opened;
  const { labels, training } = manifest;
  const run = yield* runOfBundle({ ...opened, run: named });
  if (run === undefined || training === undefined) throw withoutRun(manifest);
  const { source, photos: heldOut } = yield* trainer.labelledPhotos({ run, data, labels, signal });
  if (source !== "validation") throw withoutPhotos(manifest);
  const photos = heldOut.flatMap(({ path, label }) => (label === undefined ? [] : [{ path, label }]));
  const figures = yield* exporter.measureBundle({ bundle: folder, photos, threads, signal });
  return { run, bundle: { epochs: training.epochs, ...figures } };
}

const withoutRun = (manifest: Manifest) =>
  manifest.training
    ? cliError("option-missing", `The bundle's run, ${manifest.training.run}, was not found.`, {
        subject: "run",
        hint: "Name it with --run.",
      })
    : cliError(
        "option-missing",
        `The bundle was imported from ${originOf(manifest)}, and it has no run that a report could be of.`,
        { subject: "run", hint: "Leave --bundle out." },
      );
