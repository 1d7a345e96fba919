import { join } from "node:path";
import { networkOf } from "@fleuron/graph";
import type { CheckpointStore, NamedTensor, TrainingPlan, TrainingProgress } from "@fleuron/training";
import { type CheckpointKind, encodeCheckpointMetadata } from "./format/checkpoint-metadata.js";
import { checkpointTensors } from "./format/checkpoint-tensors.js";
import { RUN_FILES } from "./format/run-files.js";
import { appendMetrics } from "./metrics-file.js";
import { writeSafetensorsFile } from "./write-safetensors-file.js";

/**
 * Keeps a run's state in its folder, whose lock the caller holds.
 * Its methods throw FleuronError `disk-full`, `file-unwritable`, `checkpoint-mismatch` for a state that
 * is not the plan's, `checkpoint-invalid` and `metrics-invalid` for numbers that JSON cannot hold; what was
 * saved before is then untouched.
 */
export function diskCheckpointStore(folder: string, plan: TrainingPlan): CheckpointStore {
  const parameters = networkOf(plan.network).parameters.map(({ name }) => name);
  const save = (
    kind: CheckpointKind,
    progress: TrainingProgress,
    state: AsyncIterable<NamedTensor>,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const file = join(folder, RUN_FILES[kind]);
    const metadata = encodeCheckpointMetadata(kind, progress, plan.network, parameters, file);
    return writeSafetensorsFile(file, checkpointTensors(kind, plan), state, { ...metadata, ...more });
  };
  return {
    saveLast: async (progress, state) => save("last", progress, state),
    async saveBest(progress, state) {
      if (progress.best === null) throw new Error("internal: the best state was saved before any was best");
      const { epoch, valLoss, valAccuracy } = progress.best;
      const figures = { epoch: String(epoch), valLoss: String(valLoss), valAccuracy: String(valAccuracy) };
      await save("best", progress, state, figures);
    },
    appendMetrics: (metrics) => appendMetrics(folder, metrics),
  };
}
