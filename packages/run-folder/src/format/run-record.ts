// `run.json`: what was trained, on what, how and where, and what came of it.

import { networkOf, type TrainableNetwork } from "@fleuron/graph";
import { bestEpochSchema, checked, FleuronError, parseJson, squarePreprocessingSchema } from "@fleuron/model";
import { precisions, trainingPlanSchema } from "@fleuron/training";
import * as v from "valibot";
import { bundleFiguresSchema } from "./bundle-figures.js";
import { compressionSchema } from "./compression.js";
import { epochMetricsSchema } from "./epoch-metrics.js";
import { runFolderError } from "./errors.js";
import { type NetworkFile, networkEntry, networkText, withNetwork } from "./network-file.js";

const RUN_FORMAT_VERSION = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const isoTime = v.pipe(v.string(), v.isoTimestamp());
const strings = v.record(v.string(), v.string());

const datasetSchema = v.strictObject({
  /** "procedural": drawn by a program; absent in runs that did not record it. */
  name: v.optional(v.picklist(["folder", "flowers", "procedural"])),
  path: v.string(),
  /** The accuracy of a linear model on pixels on the same split, for drawn photos. */
  linearAccuracy: v.optional(v.number()),
  /** The hash of all photos' contents and classes. */
  contentHash: v.string(),
  /** Readable photos. */
  photos: count,
  unreadable: count,
  /** Photos of the folder that a largest number of them left out; absent where there was none. */
  unused: v.optional(count),
  /**
   * How many of the held-out photos the weights that the run began with have learnt from, where that was known; absent
   * where they were drawn.
   */
  learntBefore: v.optional(count),
  perClass: v.pipe(v.array(v.strictObject({ label: v.string(), count })), v.readonly()),
  trainCount: count,
  valCount: count,
  /** Photos of `test/`; absent where there are none. */
  testCount: v.optional(count),
});

const engineSchema = v.strictObject({
  engine: v.string(),
  precision: v.string(),
  threads: count,
  versions: strings,
  /** Absent where it was not asked for. */
  deterministic: v.optional(v.boolean()),
  /** The processes that shared each batch; absent where it was one. */
  ranks: v.optional(count),
});

const wishSchema = v.strictObject({
  /** The engine that the run goes on with unless another is named. */
  engine: v.string(),
  /** That the run began in; a life on an engine that does not have it makes do with float32. */
  precision: v.picklist(precisions),
});

/** From a start of the process that took a step to its end. */
const lifeSchema = v.strictObject({
  began: isoTime,
  /** Complete epochs, and steps of the next one, that it began after. */
  epoch: count,
  step: count,
  engine: engineSchema,
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
  /** Holds the network; of a graph its name and the hash of `network.json`. */
  plan: trainingPlanSchema,
  /** The file that the network and its first weights were read from; absent where they were not. */
  source: v.optional(v.strictObject({ file: v.string(), sha256: v.string() })),
  /** Absent in a run that was trained as it is. */
  compression: v.optional(compressionSchema),
  /** Absent where no bundle was measured. */
  bundle: v.optional(bundleFiguresSchema),
  preprocessing: squarePreprocessingSchema,
  labels: v.pipe(v.array(v.string()), v.readonly()),
  dataset: datasetSchema,
  seeds: v.strictObject({ seed: count, splitSeed: count }),
  /** The engine of the last life. */
  engine: engineSchema,
  /** Absent in runs that did not record it: {@link wishOf}. */
  wish: v.optional(wishSchema),
  /** The first one first; absent in runs that did not record them: {@link livesOf}. */
  lives: v.optional(v.pipe(v.array(lifeSchema), v.readonly())),
  /** Memory in bytes. */
  machine: v.strictObject({ cpu: v.string(), cores: count, memory: count, os: v.string() }),
  versions: v.strictObject({ fleuron: v.string(), node: v.string() }),
  /** As planned. */
  epochs: count,
  /** Whose weights `best.safetensors` has. */
  best: v.nullable(bestEpochSchema),
  /** The metrics of the last complete epoch. */
  final: v.nullable(epochMetricsSchema),
});

export type RunRecord = Readonly<v.InferOutput<typeof runRecordSchema>>;
export type RunLife = Readonly<v.InferOutput<typeof lifeSchema>>;

/** What a run wants to be computed by; of an older one, what its last life had. */
export const wishOf = ({ wish, engine, plan }: RunRecord): NonNullable<RunRecord["wish"]> =>
  wish ?? { engine: engine.engine, precision: plan.precision };

/** What a run was computed by; of an older one, what its last life had. */
export const livesOf = ({ lives, created, engine }: RunRecord): readonly RunLife[] =>
  lives ?? [{ began: created, epoch: 0, step: 0, engine }];

/**
 * @param network what `network.json` holds, where there is one.
 * @throws FleuronError `run-record-newer`, `run-record-invalid`, naming `file`; `run-network-invalid`.
 */
export function decodeRunRecord(text: string, file: string, network?: NetworkFile): RunRecord {
  const head = parseJson(v.object({ formatVersion: v.number() }), text);
  if ("value" in head && head.value.formatVersion > RUN_FORMAT_VERSION) {
    const { formatVersion } = head.value;
    const message = `${file} has format ${formatVersion}; this version of Fleuron reads ${RUN_FORMAT_VERSION}.`;
    throw runFolderError("run-record-newer", message, { subject: file, hint: "Update Fleuron." });
  }
  const json = parseJson(v.unknown(), text);
  const parsed = "value" in json ? checked(runRecordSchema, withNetwork(json.value, network)) : json;
  const problem = "value" in parsed ? contradiction(parsed.value) : parsed.problem;
  if ("value" in parsed && problem === undefined) return parsed.value;
  throw runFolderError("run-record-invalid", `${file} is damaged: ${problem}.`, {
    subject: file,
    hint: "Restore the file from a copy, or choose another run.",
  });
}

/** What of a record cannot be true beside the rest of it; undefined where all agrees. */
function contradiction({ plan, preprocessing, labels, dataset }: RunRecord): string | undefined {
  let network: TrainableNetwork;
  try {
    network = networkOf(plan.network);
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    return `'plan.network': ${error.message.replace(/\.$/, "")}`;
  }
  const { classes, input } = network;
  const { channels, height, width } = input;
  const { size } = preprocessing;
  if (labels.length !== classes)
    return `'labels': there are ${labels.length}, but the network distinguishes ${classes} classes`;
  if (new Set(labels).size < labels.length) return "'labels': one occurs twice";
  if (channels !== 3 || height !== size || width !== size)
    return `'preprocessing.size': it is ${size}, but the network takes ${width} × ${height} pixels of ${channels} channels`;
  if (dataset.perClass.map(({ label }) => label).join("\0") !== labels.join("\0"))
    return "'dataset.perClass': its labels are not 'labels'";
  return undefined;
}

/**
 * @param sha256 of {@link networkText}, where the network is a graph.
 * @throws FleuronError `run-record-invalid` for a record that could not be read again.
 */
export function encodeRunRecord(record: RunRecord, file: string, sha256?: string): string {
  const { plan } = record;
  const network = networkText(plan.network);
  const written = { ...record, plan: { ...plan, network: networkEntry(plan.network, sha256) } };
  const text = `${JSON.stringify(written, null, 2)}\n`;
  decodeRunRecord(text, file, network && sha256 ? { text: network, sha256 } : undefined);
  return text;
}
