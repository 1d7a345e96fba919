// Predictions of any number of photos, as a table in a file.
import { type BundlePrecision, counted } from "@fleuron/model";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { interruptible } from "../interruption.js";
import { writeLine } from "../terminal/output.js";
import { predictionsFileLines } from "../views/predictions-file.js";
import { answer, resultOf } from "./result.js";
import { runOrLatest } from "./run-or-latest.js";

/** What classifies, and how. */
export interface ClassifyingOptions {
  readonly run?: string | undefined;
  readonly checkpoint?: "best" | "last" | undefined;
  readonly bundle?: string | undefined;
  readonly precision?: BundlePrecision | undefined;
  readonly topK?: number | undefined;
  readonly threads?: number | undefined;
}

export interface PredictToFileOptions extends ClassifyingOptions {
  readonly photos: readonly string[];
  readonly list: string | undefined;
  readonly out: string;
  readonly force: boolean | undefined;
  readonly json: boolean;
}

/** Photos that cannot be read are rows of the table, and no failure unless they are all. */
export async function predictToFile(
  context: Context,
  { photos, list, run, bundle, json, ...options }: PredictToFileOptions,
): Promise<void> {
  if (list === undefined) requirePhotos(photos);
  else if (photos.length > 0) {
    throw cliError("option-conflict", "'--list' cannot be given with photos.", { subject: "list" });
  }
  const trainer = await context.loadTrainer();
  using stop = interruptible(context);
  const work = trainer.predictToFile({
    ...options,
    ...(list === undefined ? { photos } : { list }),
    ...(bundle === undefined ? { run: await runOrLatest(trainer, run) } : { bundle }),
    signal: stop.signal,
  });
  try {
    const written = await resultOf(work, context, { quiet: json });
    answer(context, written, { json, lines: predictionsFileLines });
    if (written.unreadable === written.photos) {
      throw cliError("photos-not-named", `None of ${counted(written.photos, "photo")} could be read.`);
    }
  } catch (error) {
    if (stop.interruption()) writeLine(context.stderr, "Stopped: the same command continues.");
    throw error;
  }
}

export function requirePhotos(photos: readonly string[]): void {
  if (photos.length > 0) return;
  throw cliError("argument-missing", "The argument 'photo' is missing.", {
    subject: "photo",
    hint: "Name photos or folders, or with --list a file that names them.",
  });
}
