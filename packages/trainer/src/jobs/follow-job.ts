import { partOf, type SharedRun } from "@fleuron/mpi";
import { joinRanks } from "@fleuron/mpi/ranks";
import { WorkerData } from "@fleuron/photos/batches";
import { follow } from "@fleuron/training/ranks";
import { loadEngine } from "../engines/index.js";
import type { Job } from "./job.js";
import type { SharedWork } from "./train-job.js";

/** Computes along with rank 0's `train` job. */
export const followJob: Job<SharedRun, never, void> = async function* (shared) {
  const joined = await joinRanks<SharedWork>(shared);
  if (joined === undefined) return;
  const { ranks, work } = joined;
  const { plan, threads, deterministic } = work;
  await using data = new WorkerData(partOf(work.data, ranks));
  const engineModule = await loadEngine(work.engine);
  await using engine = await engineModule.create(plan, {
    deterministic,
    ...(threads !== undefined && { threads }),
    reduceGradients: (gradients) => ranks.sum(gradients),
  });
  await follow(ranks, engine, data, plan);
};
