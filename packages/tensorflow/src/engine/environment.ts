// Variables of the environment that TensorFlow and CUDA read, once, when they are first used in a process: later ones
// change nothing. The user's own come first.
import { trainerError } from "@fleuron/training";

export interface TensorflowEnvironment {
  readonly threads: number;
  readonly deterministic: boolean;
}

/**
 * For this process, and for threads that share its variables.
 *
 * @throws FleuronError "engine-unavailable" where what is deterministic is asked for, and was not when TensorFlow was
 * first used in this process.
 */
export function setEnvironment({ threads, deterministic }: TensorflowEnvironment): void {
  const wanted = {
    /** Errors alone. */
    TF_CPP_MIN_LOG_LEVEL: "2",
    TF_NUM_INTRAOP_THREADS: String(threads),
    /** Operations that add in one order, or none at all. */
    TF_DETERMINISTIC_OPS: deterministic ? "1" : "0",
    ...GPU_ENVIRONMENT,
  };
  for (const [name, value] of Object.entries(wanted)) process.env[name] ??= value;
  if (deterministic && !/^(1|true)$/i.test(process.env.TF_DETERMINISTIC_OPS ?? "")) {
    throw trainerError(
      "engine-unavailable",
      "TensorFlow is in use in this process already, and not as deterministic.",
      {
        subject: "deterministic",
        hint: "Begin a new process, with TF_DETERMINISTIC_OPS unset or 1.",
      },
    );
  }
}

export const GPU_ENVIRONMENT = {
  /** Takes a GPU's memory as it is needed, not all of it. */
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
  /** Kernels that were compiled for this GPU stay on disk: 4 GiB of them. */
  CUDA_CACHE_MAXSIZE: String(2 ** 32),
} as const;
