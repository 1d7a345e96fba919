// What a checkpoint's file says about itself: strings, as safetensors wants them.

import type { NetworkDescription } from "@fleuron/graph";
import { parseJson } from "@fleuron/model";
import { type TrainingProgress, trainingProgressSchema } from "@fleuron/training";
import * as v from "valibot";
import { runFolderError } from "./errors.js";

const FORMAT_VERSION = 1;
const headSchema = v.object({ format: v.literal("fleuron-checkpoint"), formatVersion: v.string() });
const kindSchema = v.picklist(["last", "best"]);

/** `last` has all that training needs to go on, `best` weights and statistics only. */
export type CheckpointKind = v.InferOutput<typeof kindSchema>;

type Metadata = Readonly<Record<string, string>>;

/** @throws FleuronError `checkpoint-invalid` for progress that could not be read again. */
export function encodeCheckpointMetadata(
  kind: CheckpointKind,
  progress: TrainingProgress,
  network: NetworkDescription,
  parameters: readonly string[],
  file: string,
): Metadata {
  const metadata = {
    format: "fleuron-checkpoint",
    formatVersion: String(FORMAT_VERSION),
    kind,
    progress: JSON.stringify(progress),
    network: JSON.stringify("inference" in network ? { type: network.type, name: network.name } : network),
    parameters: JSON.stringify(parameters),
  };
  decodeCheckpointMetadata(metadata, file);
  return metadata;
}

/** @throws FleuronError `checkpoint-newer`, `checkpoint-invalid`. */
export function decodeCheckpointMetadata(
  metadata: Metadata,
  file: string,
): { readonly kind: CheckpointKind; readonly progress: TrainingProgress } {
  const head = v.safeParse(headSchema, metadata);
  if (!head.success) throw invalid(file, "it was not written by Fleuron");
  const { formatVersion } = head.output;
  if (Number(formatVersion) > FORMAT_VERSION) {
    const message = `${file} has format ${formatVersion}; this version of Fleuron reads ${FORMAT_VERSION}.`;
    throw runFolderError("checkpoint-newer", message, { subject: file, hint: "Update Fleuron." });
  }
  const kind = v.safeParse(kindSchema, metadata.kind);
  if (!kind.success) throw invalid(file, "it is neither the last nor the best one of a run");
  const progress = parseJson(trainingProgressSchema, metadata.progress ?? "");
  if ("value" in progress) return { kind: kind.output, progress: progress.value };
  throw invalid(file, `its progress is damaged, ${progress.problem}`);
}

const invalid = (file: string, problem: string) =>
  runFolderError("checkpoint-invalid", `${file} is not a checkpoint: ${problem}.`, {
    subject: file,
    hint: "Use the run's other checkpoint, or start a new run.",
  });
