// What the browser has saved of runs, without the worker that trains.
import { type BestEpoch, bestEpochSchema, parseJson } from "@fleuron/model";
import * as v from "valibot";
import { removeStorage, runFolders } from "../storage/browser-storage.js";
import { holdingRun } from "../storage/run-lock.js";

export interface SavedRun {
  readonly run: string;
  /** The classes; none where `run.json` is damaged. */
  readonly labels: readonly string[];
  /** Complete epochs, of `epochs`. */
  readonly epoch: number;
  readonly epochs: number;
  /** What `openRun` gives; null before the first epoch is complete. */
  readonly best: BestEpoch | null;
  /** Whether all epochs are trained. */
  readonly finished: boolean;
  readonly savedAt: Date;
  readonly bytes: number;
}

/** `run.json`, as far as a list of runs needs it. */
const recordSchema = v.object({
  status: v.string(),
  labels: v.array(v.string()),
  epochs: v.number(),
  best: v.nullable(bestEpochSchema),
  final: v.nullable(v.object({ epoch: v.number() })),
});

const unknown: v.InferOutput<typeof recordSchema> = {
  status: "unknown",
  labels: [],
  epochs: 0,
  best: null,
  final: null,
};

/** The saved runs, the latest first; none where the browser has no storage. */
export async function savedRuns(): Promise<readonly SavedRun[]> {
  const runs: SavedRun[] = [];
  for await (const { run, files } of runFolders()) {
    const record = files.find(({ name }) => name === "run.json");
    // It is only being begun.
    if (record === undefined) continue;
    // It may be replaced while it is read.
    const text = await record.text().catch(() => "");
    const parsed = parseJson(recordSchema, text);
    const { status, labels, epochs, best, final } = "value" in parsed ? parsed.value : unknown;
    runs.push({
      run,
      labels,
      epoch: final?.epoch ?? 0,
      epochs,
      best,
      finished: status === "completed",
      savedAt: new Date(Math.max(...files.map(({ lastModified }) => lastModified))),
      bytes: files.reduce((sum, { size }) => sum + size, 0),
    });
  }
  return runs.sort((one, other) => other.savedAt.getTime() - one.savedAt.getTime());
}

/** Deletes a saved run, if there is one. @throws FleuronError "run-busy" for one that is being trained. */
export async function deleteRun(run: string): Promise<void> {
  // Elsewhere there is neither storage nor a lock.
  if (isSecureContext) await holdingRun(run, () => removeStorage(run));
}
