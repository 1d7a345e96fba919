// What a run has trained, for exporters to other formats.
import { basename, join, resolve } from "node:path";
import { exists } from "@fleuron/files";
import { networkOf } from "@fleuron/graph";
import { countParameters, sizeOf, type TrainingProvenance, uncalibrated } from "@fleuron/model";
import { checkOptions, withDefaults } from "@fleuron/model/options";
import {
  type Checkpoint,
  type Compression,
  openCheckpoint,
  openRunFolder,
  openSafetensorsFile,
  RUN_FILES,
  type RunRecord,
  readMetrics,
} from "@fleuron/run-folder";
import { parameterStateName } from "@fleuron/training";
import type { TrainedRun } from "../api.js";
import { type TrainedRunOptions, trainedRunOptions } from "../options/run-options.js";

/** Reads what a run has trained into memory: all weights of one checkpoint. */
export async function trainedRun(options: TrainedRunOptions): Promise<TrainedRun> {
  checkOptions(trainedRunOptions, options);
  const { run, checkpoint: which } = withDefaults(trainedRunOptions, options);
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  await using checkpoint = await openCheckpoint(join(folder, RUN_FILES[which]), record.plan);
  const training = await provenanceOf(folder, record, checkpoint);
  const names = networkOf(record.plan.network).parameters.map(parameterStateName);
  const [weights, weightsHash] = await Promise.all([
    weightsOf(record, (wanted) => checkpoint.read(wanted)),
    checkpoint.hashAlong(names),
  ]);
  return {
    folder,
    network: record.plan.network,
    labels: record.labels,
    preprocessing: record.preprocessing,
    weights,
    weightsHash,
    ...(checkpoint.progress.calibration ?? uncalibrated),
    ...(record.compression && (await compactOf(folder, record, record.compression, training))),
    training,
  };
}

/** A compressed run may have learnt more since: its kernels keep their bits, and the accuracy in them is not known. */
async function compactOf(
  folder: string,
  record: RunRecord,
  { kernelBits, steps }: Compression,
  { valAccuracy, epochs }: Pick<TrainingProvenance, "valAccuracy" | "epochs">,
) {
  const bits = { kernelBits: new Map(Object.entries(kernelBits)) };
  const [tuned, rounded] = steps.slice(-2);
  if (tuned?.valAccuracy !== valAccuracy) return bits;
  const measured = { ...bits, compactValAccuracy: rounded?.valAccuracy };
  const file = join(folder, RUN_FILES.compact);
  if (!(await exists(file))) return measured;
  await using opened = await openSafetensorsFile(file);
  if (opened.metadata.epoch !== String(epochs)) return bits;
  return { ...measured, compactWeights: await weightsOf(record, () => opened.read()) };
}

async function weightsOf(
  { plan }: RunRecord,
  read: (names: readonly string[]) => ReturnType<Checkpoint["read"]>,
): Promise<TrainedRun["weights"]> {
  // The largest first: each read has to wait for its turn where modules are loaded meanwhile, and small ones are many.
  const parameters = networkOf(plan.network).parameters.toSorted((a, b) => sizeOf(b.shape) - sizeOf(a.shape));
  const names = new Map(parameters.map((parameter) => [parameterStateName(parameter), parameter.name]));
  const weights = new Map<string, Float32Array>();
  for await (const { name, data } of read([...names.keys()])) {
    weights.set(names.get(name) ?? name, data);
  }
  return weights;
}

async function provenanceOf(
  folder: string,
  { plan, recipe, dataset, created, finished }: RunRecord,
  { kind, progress }: Checkpoint,
): Promise<Omit<TrainingProvenance, "weights">> {
  const metrics = kind === "best" ? progress.best : (await readMetrics(folder))[progress.epoch - 1];
  return {
    run: basename(folder),
    checkpoint: kind,
    network: {
      name: plan.network.name,
      parameters: countParameters(networkOf(plan.network).parameters),
    },
    recipe,
    epochs: progress.epoch,
    dataset: {
      name: dataset.name ?? "folder",
      trainCount: dataset.trainCount,
      valCount: dataset.valCount,
    },
    valAccuracy: metrics?.valAccuracy ?? null,
    trained: finished ?? created,
  };
}
