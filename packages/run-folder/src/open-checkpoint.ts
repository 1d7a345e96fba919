import type { NamedTensor, StateTensor, TrainingPlan, TrainingProgress } from "@fleuron/training";
import type { WeightsInPlace } from "@fleuron/training/onnx";
import { type CheckpointKind, decodeCheckpointMetadata } from "./format/checkpoint-metadata.js";
import { checkpointTensors } from "./format/checkpoint-tensors.js";
import { runFolderError } from "./format/errors.js";
import { openSafetensorsFile, type SafetensorsFile } from "./open-safetensors-file.js";

export interface Checkpoint
  extends Pick<SafetensorsFile, "lookThrough" | "hashAlong">,
    WeightsInPlace,
    AsyncDisposable {
  readonly kind: CheckpointKind;
  readonly progress: TrainingProgress;
  /** The state, or the named part of it, one tensor at a time, each in an array of its own. */
  read(names?: readonly string[]): AsyncGenerator<NamedTensor, void>;
}

/**
 * Opens a checkpoint of a plan for reading; a run may replace it meanwhile.
 * @throws FleuronError `checkpoint-mismatch` that names the first difference from what the plan asks for,
 * `checkpoint-missing`, `checkpoint-truncated`, `checkpoint-invalid`, `checkpoint-newer`,
 * `file-unreadable`.
 */
export async function openCheckpoint(file: string, plan: TrainingPlan): Promise<Checkpoint> {
  const opened = await openSafetensorsFile(file);
  try {
    const { kind, progress } = decodeCheckpointMetadata(opened.metadata, file);
    const difference = firstDifference(opened.tensors, checkpointTensors(kind, plan));
    if (difference !== undefined) throw mismatch(file, difference);
    return {
      kind,
      progress,
      places: opened.places,
      read: (names) => opened.read(names),
      lookThrough: (notes) => opened.lookThrough(notes),
      hashAlong: (names) => opened.hashAlong(names),
      isInPlace: () => opened.isInPlace(),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

function firstDifference(has: readonly StateTensor[], needs: readonly StateTensor[]): string | undefined {
  const shapes = new Map(has.map(({ name, shape }) => [name, `[${shape.join(", ")}]`]));
  for (const { name, shape } of needs) {
    const needed = `[${shape.join(", ")}]`;
    const found = shapes.get(name);
    if (found === undefined) return `lacks ${name} of ${needed}, which the network needs`;
    if (found !== needed) return `has ${name} of ${found}, but the network needs ${needed}`;
    shapes.delete(name);
  }
  const [extra] = shapes.keys();
  return extra === undefined ? undefined : `has ${extra}, which the network does not know`;
}

const mismatch = (file: string, difference: string) =>
  runFolderError("checkpoint-mismatch", `${file} ${difference}.`, {
    subject: file,
    hint: "Use a checkpoint of the same network, width, image size and number of classes.",
  });
