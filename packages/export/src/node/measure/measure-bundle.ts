// What each ONNX file of a bundle costs those who load it, and how well it names photos.
import {
  type BundlePrecision,
  type ProgressEvent,
  progress,
  type WarningEvent,
  wireBytes,
} from "@fleuron/model";
import { checkOptions, type OptionsOf } from "@fleuron/model/options";
import { openBundle } from "@fleuron/runtime-node";
import { exportError } from "../../errors.js";
import { measureBundleOptions } from "../../options/index.js";
import { eventsOf } from "../bundle/events-of.js";
import { unreadablePhotos } from "../unreadable-photos.js";
import { measureInProcess, type PhotoToMeasure } from "./measure-in-process.js";

export interface FileFigures {
  readonly precision: BundlePrecision;
  /** As a server sends it that has the bundle's compressed forms. */
  readonly wireBytes: number;
  readonly accuracy: number;
  /** The model's run on one photo, the median over all of them. */
  readonly milliseconds: number;
  /** The most memory of a process that opens the file and names the photos one after the other. */
  readonly peakBytes: number;
}

export interface BundleFigures {
  /** The photos that were named, by each file. */
  readonly photos: number;
  /** The smallest file last. */
  readonly files: readonly FileFigures[];
}

export interface MeasureBundleOptions extends OptionsOf<typeof measureBundleOptions> {
  readonly photos: readonly PhotoToMeasure[];
}

/**
 * Has each ONNX file name the same photos, one after the other, each file in a process of its own.
 * @throws FleuronError `bundle-missing`, `manifest-invalid`, `bundle-damaged`, `model-missing`, `model-unusable`, `no-photos`,
 * `measurement-ended`; the signal's reason.
 */
export async function* measureBundle({
  photos,
  ...options
}: MeasureBundleOptions): AsyncGenerator<ProgressEvent | WarningEvent, BundleFigures> {
  checkOptions(measureBundleOptions, options);
  const { bundle, threads, signal } = options;
  const { folder, manifest } = await openBundle(bundle);
  const models = manifest.models.filter(({ format }) => format === "onnx");
  const files: FileFigures[] = [];
  let unreadable: readonly string[] = [];
  for (const model of models) {
    const { precision } = model;
    const named = yield* eventsOf<ProgressEvent, Awaited<ReturnType<typeof measureInProcess>>>(
      (emit, signal) =>
        measureInProcess(
          { folder, precision, threads, photos },
          {
            signal,
            onPhoto: (done) => emit(progress(`measuring ${precision}`, done, photos.length, "photos")),
          },
        ),
      signal,
    );
    unreadable = named.unreadable;
    const count = photos.length - unreadable.length;
    if (count === 0) throw noPhotos();
    files.push({
      precision,
      wireBytes: wireBytes(model),
      accuracy: named.right / count,
      milliseconds: named.milliseconds,
      peakBytes: named.peakBytes,
    });
  }
  if (unreadable.length > 0) yield unreadablePhotos(unreadable);
  files.sort((one, other) => other.wireBytes - one.wireBytes);
  return { photos: photos.length - unreadable.length, files };
}

const noPhotos = () =>
  exportError("no-photos", "There is no photo to measure with.", {
    hint: "Give a folder of photos with `data`.",
  });
