import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

/** Errors about training, and what was trained. */
export const trainerError = errorsOf({
  "checkpoint-mismatch": "data",
  /** The process that computed ended by itself. */
  "engine-ended": "machine",
  /** A GPU that computed is gone, or was reset. */
  "device-lost": "machine",
  /** A GPU allows less than a network needs. */
  "device-limit": "machine",
  "engine-unavailable": "machine",
  "loss-not-finite": "data",
  /** Open MPI, or what calls it, is not there. */
  "mpi-unavailable": "machine",
  "out-of-memory": "machine",
  /** A run cannot be cut to fewer epochs than it was planned for. */
  "epochs-too-few": "usage",
  /** A network that is a file takes what training does not give. */
  "network-unsuitable": "data",
  "rank-failed": "machine",
  /** Ranks of one run were started with different options, or are of different builds. */
  "ranks-differ": "usage",
  /** A run that ranks cannot share. */
  "ranks-unsuitable": "usage",
  /** A file that is to be a recipe is none. */
  "recipe-invalid": "data",
  "result-not-finite": "data",
  "run-without-epochs": "data",
});

export type TrainerErrorCode = ErrorCodeOf<typeof trainerError>;
