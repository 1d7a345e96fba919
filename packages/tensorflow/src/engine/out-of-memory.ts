import type { FleuronError } from "@fleuron/model";
import { trainerError } from "@fleuron/training";

/** TensorFlow's own words, its status, and those of CUDA, cuDNN and cuBLAS. */
const WORDS = /\bOOM\b|out of memory|RESOURCE_EXHAUSTED|OUT_OF_MEMORY|ALLOC_FAILED|failed to allocate/i;

/** What a failed run of so many photos means, where memory was short; else undefined. */
export function outOfMemory(cause: unknown, batchSize: number): FleuronError | undefined {
  const words = cause instanceof Error ? cause.message : String(cause);
  if (!WORDS.test(words)) return undefined;
  const onGpu = /\bGPU\b|CUDA|CUDNN|CUBLAS/i.test(words);
  const smaller =
    batchSize > 1 ? `--batch-size ${batchSize >> 1}, or a smaller --width` : "a smaller --width";
  const who = onGpu ? " nvidia-smi shows what else uses the GPU." : "";
  return trainerError(
    "out-of-memory",
    `${batchSize} photos a step do not fit into ${onGpu ? "the GPU's memory" : "memory"}.`,
    { subject: "--batch-size", hint: `Try ${smaller}.${who}`, cause },
  );
}
