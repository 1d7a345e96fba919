// Variables of the environment that TensorFlow and CUDA read, once, when they are first used in a process: later ones
// change nothing. The user's own come first.

export interface TensorflowEnvironment {
  readonly threads: number;
}

/** For this process; training threads share its variables. */
export function setEnvironment({ threads }: TensorflowEnvironment): void {
  const wanted = {
    /** Errors alone. */
    TF_CPP_MIN_LOG_LEVEL: "2",
    TF_NUM_INTRAOP_THREADS: String(threads),
    ...GPU_ENVIRONMENT,
  };
  for (const [name, value] of Object.entries(wanted)) process.env[name] ??= value;
}

export const GPU_ENVIRONMENT = {
  /** Takes a GPU's memory as it is needed, not all of it. */
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
  /** Kernels that were compiled for this GPU stay on disk: 4 GiB of them. */
  CUDA_CACHE_MAXSIZE: String(2 ** 32),
} as const;

/** Whether float32 is multiplied as TF32, with 10 bits of mantissa, on a GPU that can (compute capability 8 and newer). */
export const allowsTf32 = (): boolean => process.env.NVIDIA_TF32_OVERRIDE !== "0";
