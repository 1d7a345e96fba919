// `run.json`: what was trained, on what, how and where, and what came of it.

import { parseJson } from "@fleuron/files";
import { bestEpochSchema, preprocessingSchema } from "@fleuron/model";
import { trainingPlanSchema } from "@fleuron/training";
import * as v from "valibot";
import { epochMetricsSchema } from "./epoch-metrics.js";
import { runFolderError } from "./errors.js";

const RUN_FORMAT_VERSION = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const isoTime = v.pipe(v.string(), v.isoTimestamp());
const strings = v.record(v.string(), v.string());

const datasetSchema = v.strictObject({
  /** "procedural": drawn by a program; absent in runs that did not record it. */
  name: v.optional(v.picklist(["folder", "flowers", "procedural"])),
  path: v.string(),
  /** Of drawn pictures: how far a linear model on pixels gets on the same split. */
  linearAccuracy: v.optional(v.number()),
  /** Of all photos' contents and classes. */
  contentHash: v.string(),
  /** Readable photos. */
  photos: count,
  unreadable: count,
  perClass: v.pipe(v.array(v.strictObject({ label: v.string(), count })), v.readonly()),
  trainCount: count,
  valCount: count,
});

const runRecordSchema = v.strictObject({
  formatVersion: v.literal(RUN_FORMAT_VERSION),
  /** A run whose process was killed stays "running". */
  status: v.picklist(["running", "completed", "stopped", "failed"]),
  created: isoTime,
  finished: v.nullable(isoTime),
  recipe: v.string(),
  /** The recipe with the options that the run was given. */
  settings: v.record(v.string(), v.unknown()),
  /** Holds the network. */
  plan: trainingPlanSchema,
  preprocessing: preprocessingSchema,
  labels: v.pipe(v.array(v.string()), v.readonly()),
  dataset: datasetSchema,
  seeds: v.strictObject({ seed: count, splitSeed: count }),
  engine: v.strictObject({
    engine: v.string(),
    precision: v.string(),
    threads: count,
    versions: strings,
    /** Absent where it was not asked for. */
    deterministic: v.optional(v.boolean()),
  }),
  /** Memory in bytes. */
  machine: v.strictObject({ cpu: v.string(), cores: count, memory: count, os: v.string() }),
  versions: v.strictObject({ fleuron: v.string(), node: v.string() }),
  /** As planned. */
  epochs: count,
  /** Whose weights `best.safetensors` has. */
  best: v.nullable(bestEpochSchema),
  /** Of the last complete epoch. */
  final: v.nullable(epochMetricsSchema),
});

export type RunRecord = Readonly<v.InferOutput<typeof runRecordSchema>>;

/** @throws FleuronError `run-record-newer`, `run-record-invalid`, naming `file`. */
export function decodeRunRecord(text: string, file: string): RunRecord {
  const head = parseJson(v.object({ formatVersion: v.number() }), text);
  if ("value" in head && head.value.formatVersion > RUN_FORMAT_VERSION) {
    const { formatVersion } = head.value;
    const message = `${file} has format ${formatVersion}; this version of Fleuron reads ${RUN_FORMAT_VERSION}.`;
    throw runFolderError("run-record-newer", message, { subject: file, hint: "Update Fleuron." });
  }
  const parsed = parseJson(runRecordSchema, text);
  if ("value" in parsed) return parsed.value;
  throw runFolderError("run-record-invalid", `${file} is damaged: ${parsed.problem}.`, {
    subject: file,
    hint: "Restore the file from a copy, or choose another run with --run.",
  });
}

/** @throws FleuronError `run-record-invalid` for a record that could not be read again. */
export function encodeRunRecord(record: RunRecord, file: string): string {
  const text = `${JSON.stringify(record, null, 2)}\n`;
  decodeRunRecord(text, file);
  return text;
}
