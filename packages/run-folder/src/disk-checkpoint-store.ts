import { join } from "node:path";
import { networkOf } from "@fleuron/graph";
import {
  type CheckpointStore,
  type NamedTensor,
  startOfRun,
  type TrainingPlan,
  type TrainingProgress,
} from "@fleuron/training";
import { type CheckpointKind, encodeCheckpointMetadata } from "./format/checkpoint-metadata.js";
import { checkpointTensors } from "./format/checkpoint-tensors.js";
import { RUN_FILES } from "./format/run-files.js";
import { appendMetrics } from "./metrics-file.js";
import { writeSafetensorsFile } from "./write-safetensors-file.js";

/** What a run's progress takes in a file's head, at most: some thirty numbers of up to 25 characters each, and their names. */
const PROGRESS_BYTES = 4096;

/**
 * Keeps a run's state in its folder, whose lock the caller holds. The state is written before the progress is there; of two that
 * are saved at the same time, in the order of the calls.
 * Its methods throw FleuronError `disk-full`, `file-unwritable`, `checkpoint-mismatch` for a state that
 * is not the plan's, `checkpoint-invalid` and `metrics-invalid` for numbers that JSON cannot hold; what was
 * saved before is then untouched.
 */
export function diskCheckpointStore(folder: string, plan: TrainingPlan): CheckpointStore {
  const parameters = networkOf(plan.network).parameters.map(({ name }) => name);
  /** The state that was begun before is written, or cannot be. */
  let before = Promise.resolve();
  const save = async (
    kind: CheckpointKind,
    state: AsyncIterable<NamedTensor>,
    metadataOf: (encode: (progress: TrainingProgress) => Metadata) => Promise<Metadata>,
  ): Promise<void> => {
    const file = join(folder, RUN_FILES[kind]);
    const encode = (progress: TrainingProgress) =>
      encodeCheckpointMetadata(kind, progress, plan.network, parameters, file);
    const turn = before;
    let next!: () => void;
    before = new Promise((resolve) => {
      next = resolve;
    });
    try {
      await turn;
      await writeSafetensorsFile(file, checkpointTensors(kind, plan), state, {
        most: Buffer.byteLength(JSON.stringify(encode(startOfRun))) + PROGRESS_BYTES,
        get() {
          next();
          return metadataOf(encode);
        },
      });
    } finally {
      next();
    }
  };
  return {
    saveLast(progress, state) {
      const coming = Promise.resolve(progress);
      // Heard of when the state is written.
      coming.catch(() => undefined);
      return save("last", state, async (encode) => encode(await coming));
    },
    async saveBest(progress, state) {
      const coming = Promise.resolve(progress);
      coming.catch(() => undefined);
      try {
        await save("best", state, async (encode) => {
          const reached = await coming;
          if (reached === undefined) throw new Error("It is not the best after all.");
          return { ...encode(reached), ...figuresOf(reached) };
        });
      } catch (error) {
        // Whatever is wrong with what nobody wants, such as a full disk, matters to nobody.
        if ((await coming) !== undefined) throw error;
      }
    },
    appendMetrics: (metrics) => appendMetrics(folder, metrics),
  };
}

type Metadata = Readonly<Record<string, string>>;

function figuresOf({ best }: TrainingProgress): Metadata {
  if (best === null) throw new Error("internal: the best state was saved before any was best");
  const { epoch, valLoss, valAccuracy } = best;
  return { epoch: String(epoch), valLoss: String(valLoss), valAccuracy: String(valAccuracy) };
}
