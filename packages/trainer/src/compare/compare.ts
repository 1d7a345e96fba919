// Compares runs: reads what they left, and draws their curves into one page.
import { basename, dirname, join, resolve } from "node:path";
import { replaceTextFile } from "@fleuron/files";
import type { EpochMetrics } from "@fleuron/model";
import { type LargestClass, largestClass, wilsonInterval } from "@fleuron/model";
import { optionError } from "@fleuron/model/options";
import { readSplit } from "@fleuron/photos";
import type { ComparedRun, Comparison, NotedRun } from "@fleuron/report";
import { openRunFolder, RUN_FILES, type RunRecord, readMetrics } from "@fleuron/run-folder";
import { trainerError } from "@fleuron/training";
import { reportedRun } from "../runs/reported-run.js";

export interface CompareOptions {
  /** Folders of runs; one that is named twice counts once. */
  readonly runs: readonly string[];
  /** The page to write, replaced if it is there. */
  readonly out: string;
}

/**
 * Compares runs and writes a page with their curves. Runs that go on are compared as far as they are.
 * @throws FleuronError `option-invalid` when no run is named, `run-without-epochs` when no run has a complete
 * epoch, and what opening a run's folder and writing a file may throw.
 */
export async function compare(options: CompareOptions): Promise<Comparison & { readonly file: string }> {
  const folders = [...new Set(options.runs.map((run) => resolve(run)))];
  if (folders.length === 0) {
    throw optionError("option-invalid", "No runs to compare were given.", { subject: "runs" });
  }
  const names = namesOf(folders);
  const read = await Promise.all(folders.map((folder, index) => readRun(folder, names[index]!)));
  if (read.every(({ metrics }) => metrics.length === 0)) {
    throw trainerError("run-without-epochs", `No epoch is complete yet in ${names.join(", ")}.`, {
      subject: folders[0]!,
      hint: "Compare runs after their first epoch.",
    });
  }
  // Drawing takes a second to load.
  const { comparisonHtml, differencesOf, notesOf } = await import("@fleuron/report");
  const comparison: Comparison = {
    runs: read.map(comparedRun),
    differences: differencesOf(read.map(({ record }) => reportedRun(record))),
    notes: notesOf(read),
  };
  const file = resolve(options.out);
  await replaceTextFile(file, comparisonHtml(comparison));
  return { ...comparison, file };
}

interface ReadRun extends NotedRun {
  readonly record: RunRecord;
  readonly folder: string;
  readonly metrics: readonly EpochMetrics[];
  readonly largestClass: LargestClass | null;
}

async function readRun(folder: string, name: string): Promise<ReadRun> {
  const { record } = await openRunFolder(folder);
  const metrics = await readMetrics(folder);
  // Without its split a run can still be compared.
  const split = await readSplit(join(folder, RUN_FILES.split)).catch(() => undefined);
  const validation = split && new Set(split.val.map(({ contentHash }) => contentHash));
  const classes = split?.labels.map((label, index) => ({
    label,
    count: split.val.filter((photo) => photo.label === index).length,
  }));
  return {
    ...{ folder, name, record, metrics, validation, epochs: metrics.length },
    largestClass: classes ? largestClass(classes) : null,
  };
}

function comparedRun({ folder, name, record, metrics, largestClass }: ReadRun): ComparedRun {
  const { best, labels, dataset } = record;
  const { network } = reportedRun(record);
  return {
    name,
    folder,
    status: record.status,
    recipe: record.recipe,
    network: network.name,
    parameters: network.parameters,
    labels,
    valCount: dataset.valCount,
    largestClass,
    metrics,
    best,
    interval: best && intervalOf(best.valAccuracy, record),
    seconds: metrics.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

const intervalOf = (accuracy: number, { dataset: { valCount } }: RunRecord) =>
  wilsonInterval(Math.round(accuracy * valCount), valCount);

/** The folders' names, with the folder above where names are alike. */
function namesOf(folders: readonly string[]): readonly string[] {
  const names = folders.map((folder) => basename(folder));
  return folders.map((folder, index) =>
    names.filter((name) => name === names[index]).length > 1
      ? join(basename(dirname(folder)), names[index]!)
      : names[index]!,
  );
}
