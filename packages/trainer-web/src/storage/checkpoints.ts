// A run's checkpoints, in the form that Node's run folder has them. A browser writes them when all is known: its storage is slow to
// take what may be dropped.
import { networkOf } from "@fleuron/graph";
import { type EpochMetrics, encodeSafetensorsHeader, sizeOf } from "@fleuron/model";
import {
  type CheckpointKind,
  checkpointTensors,
  decodeCheckpointMetadata,
  encodeCheckpointMetadata,
  RUN_FILES,
} from "@fleuron/run-folder/format";
import type {
  CheckpointStore,
  NamedTensor,
  TrainingEngine,
  TrainingPlan,
  TrainingProgress,
} from "@fleuron/training";
import { trainerWebError } from "../errors.js";
import { type RunStorage, replaceText } from "./run-storage.js";
import { openSafetensors } from "./safetensors-blob.js";

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** A state that can be read as often as it has to be written, and stays what it was. */
export interface LastingState extends AsyncIterable<NamedTensor> {
  readonly lasts: true;
}

/**
 * @param engine whose state is read anew where it has to be written a second time, and does not last.
 * @param metrics the lines of the epochs so far; those to come are added.
 */
export function checkpointStore(
  storage: RunStorage,
  engine: Pick<TrainingEngine, "read">,
  plan: TrainingPlan,
  metrics: readonly EpochMetrics[],
): CheckpointStore {
  const lines = [...metrics];
  const parameters = networkOf(plan.network).parameters.map(({ name }) => name);
  const save = async (
    kind: CheckpointKind,
    progress: TrainingProgress,
    state: AsyncIterable<NamedTensor> | LastingState,
    more: Readonly<Record<string, string>> = {},
  ) => {
    const file = RUN_FILES[kind];
    const metadata = encodeCheckpointMetadata(kind, progress, plan.network, parameters, file);
    const tensors = checkpointTensors(kind, plan);
    const header = encodeSafetensorsHeader(
      tensors.map(({ name, shape }) => ({ name, shape, dtype: "F32" })),
      { ...metadata, ...more },
    );
    const places = new Map<string, number>();
    let end = header.length;
    for (const { name, shape } of tensors) {
      places.set(name, end);
      end += sizeOf(shape) * BYTES;
    }
    let given: AsyncIterable<NamedTensor> | undefined = state;
    await storage.replace(file, async (put) => {
      const read = given ?? engine.read([...places.keys()]);
      given = "lasts" in state ? state : undefined;
      await put(Uint8Array.from(header), 0);
      for await (const { name, data } of read) {
        const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
        await put(bytes, places.get(name)!);
      }
    });
  };
  return {
    saveLast: async (progress, state) => save("last", await progress, state),
    async saveBest(progress, state) {
      const reached = await progress;
      if (reached === undefined) return;
      const { epoch, valLoss, valAccuracy } = reached.best!;
      const figures = { epoch: String(epoch), valLoss: String(valLoss), valAccuracy: String(valAccuracy) };
      await save("best", reached, state, figures);
    },
    async appendMetrics(added) {
      lines.push(added);
      await replaceText(
        storage,
        RUN_FILES.metrics,
        lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
      );
    },
  };
}

/** A saved checkpoint, for reading. */
export interface SavedCheckpoint {
  readonly progress: TrainingProgress;
  /** The tensors whose names `wanted` accepts, one at a time. */
  read(wanted?: (name: string) => boolean): AsyncGenerator<NamedTensor, void>;
}

/** @throws FleuronError "run-damaged", "checkpoint-invalid", "safetensors-…"; undefined where there is none yet. */
export async function readCheckpoint(
  storage: RunStorage,
  kind: CheckpointKind,
  plan: TrainingPlan,
): Promise<SavedCheckpoint | undefined> {
  const file = RUN_FILES[kind];
  const blob = await storage.read(file);
  if (blob === undefined || blob.size === 0) return undefined;
  const opened = await openSafetensors(blob, file);
  const tensors = checkpointTensors(kind, plan);
  const missing = tensors.find(({ name }) => !opened.tensors.has(name));
  if (missing) throw damaged(`${file} lacks ${missing.name}`);
  return {
    progress: decodeCheckpointMetadata(opened.metadata, file).progress,
    async *read(wanted = () => true) {
      for (const { name, shape } of tensors) {
        if (wanted(name)) yield { name, shape, data: await opened.read(name) };
      }
    },
  };
}

export const damaged = (problem: string, cause?: unknown) =>
  trainerWebError("run-damaged", `The saved run is damaged: ${problem}.`, {
    hint: "Delete it with `deleteRun`, and train again.",
    cause,
  });
