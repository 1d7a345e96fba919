// What `export` and `verify` share: a bundle's models beside the run that they come from.
import type { VerificationReport, VerifyBundleOptions } from "@fleuron/export/node";
import type { LoopEvent } from "@fleuron/trainer";
import type { PhotosMeasured, TrainerNodeApi } from "@fleuron/trainer/node";
import type { Context, Exporter } from "../context.js";
import { cliError } from "../errors.js";
import { verificationLines } from "../views/verification.js";
import { answer } from "./result.js";

export interface VerificationOptions
  extends Pick<VerifyBundleOptions, "bundle" | "models" | "browser" | "signal"> {
  readonly trainer: TrainerNodeApi;
  readonly exporter: Exporter;
  readonly labels: readonly string[];
  /** Whose weights are the reference; without it, the bundle's float32 ONNX model is. */
  readonly run: string | undefined;
  readonly checkpoint: "best" | "last";
  readonly data: string | undefined;
}

export interface Verification extends VerificationReport, PhotosMeasured {}

export async function* verification(options: VerificationOptions): AsyncGenerator<LoopEvent, Verification> {
  const { trainer, exporter, labels, run, checkpoint, data, bundle, models, browser, signal } = options;
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
    bundle,
    photos,
    trained: trained?.predictions,
    models,
    browser,
    signal,
  });
  return { ...report, ...measured };
}

/** Prints the result; one that did not pass is a failure. */
export function showVerification(
  context: Context,
  result: Verification,
  { json, data }: { readonly json: boolean; readonly data: string | undefined },
) {
  answer(context, result, { json, lines: (found, canvas) => verificationLines(found, canvas, data) });
  if (result.passed) return;
  const failed = result.checks.filter(({ passed }) => !passed);
  const names = failed.map(({ format, precision, runner }) => `${format} ${precision} on ${runner}`);
  throw cliError("verification-failed", `Not what was trained: ${names.join(", ")}.`, {
    subject: result.bundle,
    hint: "Do not use these files; this is a fault of Fleuron or of what ran them: please report it.",
  });
}
