// A run that is at its end already: what it has come to, and what would go on with it.
import { join } from "node:path";
import { exists } from "@fleuron/files";
import { isLatestRun, openCheckpoint, RUN_FILES, type RunRecord } from "@fleuron/run-folder";
import type { RunEndEvent } from "../api.js";

/** As the run is to go on. */
export interface RunLimits {
  readonly epochs: number;
  /** Epochs without a better one after which it ends. */
  readonly patience: number | undefined;
  /** In seconds. */
  readonly timeBudget: number | undefined;
}

/**
 * How a run that is complete ends when it is resumed; undefined where there are epochs to train, or where its process
 * was ended before it had said that it is complete.
 */
export async function nothingLeft(
  folder: string,
  record: RunRecord,
  { epochs, patience, timeBudget }: RunLimits,
): Promise<RunEndEvent | undefined> {
  if (record.status !== "completed") return undefined;
  await using checkpoint = await openCheckpoint(join(folder, RUN_FILES.last), record.plan);
  const { epoch, best, fitted } = checkpoint.progress;
  const inTime = timeBudget === undefined ? undefined : fitted;
  const length = Math.min(epochs, inTime?.epochs ?? epochs);
  const waited = best === null ? 0 : epoch - best.epoch;
  const complete = epoch >= length;
  if (!complete && (patience === undefined || waited < patience)) return undefined;
  const report = join(folder, RUN_FILES.report);
  const { final } = record;
  return {
    type: "end",
    reason: complete ? "completed" : "stopped early",
    goesOnWith: complete ? { epochs: 2 * epoch } : { patience: waited + 1 },
    folder,
    latest: await isLatestRun(folder),
    epoch,
    epochs: length,
    seconds: 0,
    best: record.best,
    final: final && { valLoss: final.valLoss, valAccuracy: final.valAccuracy },
    report: (await exists(report)) ? report : null,
  };
}
