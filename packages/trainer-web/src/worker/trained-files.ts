// What a run has trained, as the files of a bundle.
import { onnxFormat } from "@fleuron/export";
import { type NetworkDescription, networkOf } from "@fleuron/graph";
import {
  type BundleFile,
  CHUNK_BYTES,
  countParameters,
  formatVersionOf,
  MANIFEST_FILE,
  type Manifest,
  outputOf,
  uncalibrated,
} from "@fleuron/model";
import { RUN_FILES, type RunRecord } from "@fleuron/run-folder/format";
import { parameterStateName } from "@fleuron/training";
import { trainerWebError } from "../errors.js";
import type { TrainedFiles } from "../messages.js";
import { sha256 } from "../sha256.js";
import { readCheckpoint, type SavedCheckpoint } from "../storage/checkpoints.js";
import type { RunStorage } from "../storage/run-storage.js";
import { withSample } from "./with-sample.js";

/**
 * @param wasmUrl onnxruntime's, which gives the bundle its sample.
 * @throws FleuronError "run-without-epochs"; whatever {@link readCheckpoint} throws.
 */
export async function trainedFiles(
  run: string,
  storage: RunStorage,
  record: RunRecord,
  wasmUrl: string,
): Promise<TrainedFiles> {
  const { plan, labels, preprocessing, dataset } = record;
  const { network } = plan;
  const checkpoint = await readCheckpoint(storage, "best", plan);
  if (checkpoint === undefined) throw withoutEpochs(run);
  const weights = await weightsOf(checkpoint, network);
  // The record may be older: a page can be closed at any time.
  const best = checkpoint.progress.best!;
  const calibration = checkpoint.progress.calibration ?? uncalibrated;
  const { input, output, files } = await onnxFormat.encode(
    { network, labels, preprocessing, temperature: calibration.temperature, weights },
    "float32",
  );
  const bundle: Record<string, Blob> = {};
  const described: BundleFile[] = [];
  for (const { path, parts } of files) {
    const blob = new Blob([...parts] as BlobPart[]);
    bundle[path] = blob;
    described.push(await describe(path, blob));
  }
  const head = { labels, preprocessing, output: outputOf(calibration) };
  const model = { format: "onnx", precision: "float32", input, output, files: described } as const;
  const models = [await withSample({ manifest: head, model, subject: run }, bundle, wasmUrl)];
  const manifest: Manifest = {
    formatVersion: formatVersionOf({ ...head, models }),
    ...head,
    models,
    training: {
      run,
      checkpoint: "best",
      weights: await weightsHash(network, weights),
      network: { name: network.name, parameters: countParameters(networkOf(network).parameters) },
      recipe: record.recipe,
      epochs: best.epoch,
      dataset: { name: "folder", trainCount: dataset.trainCount, valCount: dataset.valCount },
      valAccuracy: best.valAccuracy,
      trained: record.finished ?? record.created,
    },
  };
  bundle[MANIFEST_FILE] = new Blob([`${JSON.stringify(manifest, null, 2)}\n`], { type: "application/json" });
  const kept: Record<string, Blob> = {};
  const { record: about, network: graph, split, metrics, best: trained } = RUN_FILES;
  for (const name of [about, graph, split, metrics, trained]) {
    const blob = await storage.read(name);
    // Its own: what the run becomes afterwards, or that it is deleted, does not concern who holds it.
    if (blob) kept[name] = new Blob([await blob.arrayBuffer()], { type: blob.type });
  }
  return { run, bundle, kept };
}

const withoutEpochs = (run: string) =>
  trainerWebError(
    "run-without-epochs",
    `The run '${run}' has trained nothing yet: its first epoch is not complete.`,
    {
      subject: "run",
      hint: "Go on with it (`resumeTraining`).",
    },
  );

async function weightsOf(
  checkpoint: SavedCheckpoint,
  network: NetworkDescription,
): Promise<ReadonlyMap<string, Float32Array>> {
  const names = new Map(
    networkOf(network).parameters.map((parameter) => [parameterStateName(parameter), parameter.name]),
  );
  const weights = new Map<string, Float32Array>();
  for await (const { name, data } of checkpoint.read((name) => names.has(name)))
    weights.set(names.get(name)!, data);
  return weights;
}

async function describe(path: string, blob: Blob): Promise<BundleFile> {
  const chunks: string[] = [];
  for (let at = 0; at < blob.size; at += CHUNK_BYTES)
    chunks.push(await sha256(await blob.slice(at, at + CHUNK_BYTES).arrayBuffer()));
  return { path, bytes: blob.size, chunks };
}

/** The hash of the parameters as little-endian float32, in the network's order, as Node has it. */
async function weightsHash(
  network: NetworkDescription,
  weights: ReadonlyMap<string, Float32Array>,
): Promise<string> {
  const parts = networkOf(network).parameters.map(({ name }) => weights.get(name)!);
  return sha256(await new Blob(parts as BlobPart[]).arrayBuffer());
}
