// What `export` and `verify` share: a bundle's models beside the run that they come from.
import type { VerificationReport, VerifyBundleOptions } from "@fleuron/export/node";
import type { PhotosMeasured } from "@fleuron/trainer";
import type { LoopEvent } from "@fleuron/training";
import type { Exporter, Trainer } from "../context.js";

export interface VerificationOptions
  extends Pick<VerifyBundleOptions, "bundle" | "models" | "justWritten" | "browser" | "signal"> {
  readonly trainer: Pick<Trainer, "labelledPhotos" | "predict">;
  readonly exporter: Exporter;
  readonly labels: readonly string[];
  /** Whose weights are the reference; without it, the bundle's float32 ONNX model is. */
  readonly run: string | undefined;
  readonly checkpoint: "best" | "last" | undefined;
  readonly data: string | undefined;
}

export interface Verification extends VerificationReport, PhotosMeasured {}

export async function* verification(options: VerificationOptions): AsyncGenerator<LoopEvent, Verification> {
  const { trainer, exporter, labels, run, checkpoint, data, ...compared } = options;
  const { signal } = compared;
  const { photos, ...measured } = yield* trainer.labelledPhotos({ run, data, labels, signal });
  const trained =
    run === undefined
      ? undefined
      : yield* trainer.predict({
          run,
          checkpoint,
          photos: photos.map(({ path }) => path),
          topK: labels.length,
          signal,
        });
  const report = yield* exporter.verifyBundle({
    ...compared,
    photos,
    trained: trained?.predictions,
  });
  return { ...report, ...measured };
}
