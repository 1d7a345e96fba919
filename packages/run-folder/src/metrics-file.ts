// `metrics.jsonl`: one line per completed epoch.

import { promises as fs } from "node:fs";
import { join } from "node:path";
import { readFailure, replaceTextFile, systemCode, writeFailure } from "@fleuron/files";
import type { EpochMetrics } from "@fleuron/model";
import { parseJson } from "@fleuron/model";
import { epochMetricsSchema } from "./format/epoch-metrics.js";
import { runFolderError } from "./format/errors.js";
import { RUN_FILES } from "./format/run-files.js";

/** @throws FleuronError `metrics-invalid` for numbers that are not finite, `disk-full`, `file-unwritable`. */
export async function appendMetrics(folder: string, metrics: EpochMetrics): Promise<void> {
  const file = metricsFile(folder);
  const line = encodeLine(decodeLine(JSON.stringify(metrics), file, metrics.epoch));
  try {
    const handle = await fs.open(file, "a");
    try {
      await handle.appendFile(line);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw writeFailure(file, error);
  }
}

/**
 * The metrics of a run's epochs so far. A last line that was cut by a crash does not count.
 * @throws FleuronError `metrics-invalid` that names the line, `file-unreadable`.
 */
export async function readMetrics(folder: string): Promise<readonly EpochMetrics[]> {
  const file = metricsFile(folder);
  let text: string;
  try {
    text = await fs.readFile(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw readFailure(file, error);
  }
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line, index) => decodeLine(line, file, index + 1));
}

/**
 * Cuts `metrics.jsonl` to its first `length` lines: those of the epochs that the checkpoint has.
 * @throws FleuronError `metrics-invalid` when it has fewer, `disk-full`, `file-unwritable`.
 */
export async function truncateMetrics(folder: string, length: number): Promise<void> {
  const file = metricsFile(folder);
  const metrics = await readMetrics(folder);
  if (metrics.length < length) {
    throw invalid(
      file,
      `${file} has ${metrics.length} lines, but the checkpoint comes after ${length} epochs.`,
    );
  }
  await replaceTextFile(file, metrics.slice(0, length).map(encodeLine).join(""));
}

const metricsFile = (folder: string): string => join(folder, RUN_FILES.metrics);

const encodeLine = (metrics: EpochMetrics): string => `${JSON.stringify(metrics)}\n`;

function decodeLine(line: string, file: string, number: number): EpochMetrics {
  const parsed = parseJson(epochMetricsSchema, line);
  if ("value" in parsed) return parsed.value;
  throw invalid(file, `Line ${number} of ${file} is not an epoch's metrics: ${parsed.problem}.`);
}

const invalid = (file: string, message: string) =>
  runFolderError("metrics-invalid", message, {
    subject: file,
    hint: "Restore the file from a copy, or start a new run.",
  });
