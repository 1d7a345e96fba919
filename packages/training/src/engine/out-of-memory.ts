// A lack of memory has many messages: each library has its own.
import { FleuronError } from "@fleuron/model";
import { trainerError } from "../errors.js";

/**
 * The words of JavaScript's engine, its typed arrays, WebAssembly and worker threads; of onnxruntime; of TensorFlow, its
 * status, and of CUDA, cuDNN and cuBLAS; of the system.
 */
const WORDS =
  /\bOOM\b|out of memory|allocation failed|invalid (typed )?array (buffer )?length|could not allocate|failed to allocate|bad_alloc|RESOURCE_EXHAUSTED|OUT_OF_MEMORY|ALLOC_FAILED|cannot allocate memory|ENOMEM/i;

/** What a failed run of so many photos means, where memory was short; else undefined. */
export function outOfMemory(cause: unknown, batchSize?: number): FleuronError | undefined {
  if (cause instanceof FleuronError) return undefined;
  const words = cause instanceof Error ? cause.message : String(cause);
  if (!WORDS.test(words)) return undefined;
  const onGpu = /\bGPU\b|CUDA|CUDNN|CUBLAS/i.test(words);
  const whose = onGpu ? "the GPU's memory" : "memory";
  return trainerError(
    "out-of-memory",
    batchSize === undefined
      ? `What is to be computed does not fit into ${whose}.`
      : `${batchSize} photos per step do not fit into ${whose}.`,
    {
      subject: "--batch-size",
      hint: `Try ${smaller(batchSize)}.${onGpu ? " nvidia-smi shows what else uses the GPU." : ""}`,
      cause,
    },
  );
}

function smaller(batchSize: number | undefined): string {
  if (batchSize === undefined)
    return "a smaller --batch-size, --width or --image-size in training, or close other programs";
  const network = "a smaller --width or --image-size";
  return batchSize > 1 ? `--batch-size ${batchSize >> 1}, or ${network}` : network;
}
