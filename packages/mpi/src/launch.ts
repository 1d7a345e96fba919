import type { Share } from "@fleuron/training/data";

/** The variables by which launchers say which process this is, and how many there are. */
const LAUNCHERS = [
  // mpirun of Open MPI, also that of a Kubernetes MPIJob.
  { rank: "OMPI_COMM_WORLD_RANK", count: "OMPI_COMM_WORLD_SIZE" },
  // srun --mpi=pmix.
  { rank: "PMIX_RANK", count: "SLURM_STEP_NUM_TASKS" },
];

/** This process among those that were launched together; undefined where it is alone. */
export function launchOf(environment: NodeJS.ProcessEnv): Share | undefined {
  for (const names of LAUNCHERS) {
    const [rank, count] = [Number(environment[names.rank]), Number(environment[names.count])];
    if (rank >= 0 && count > 1) return { rank, count };
  }
  return undefined;
}
