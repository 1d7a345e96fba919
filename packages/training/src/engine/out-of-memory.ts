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
  const onDevice = cause instanceof FleuronError && cause.code === "device-memory";
  if (cause instanceof FleuronError && !onDevice) return undefined;
  const words = cause instanceof Error ? cause.message : String(cause);
  if (!onDevice && !WORDS.test(words)) return undefined;
  const onCuda = /\bGPU\b|CUDA|CUDNN|CUBLAS/i.test(words) && !onDevice;
  const whose = onCuda || onDevice ? "the GPU's memory" : "memory";
  return trainerError(
    "out-of-memory",
    batchSize === undefined
      ? `What is to be computed does not fit into ${whose}.`
      : `${batchSize} photos per step do not fit into ${whose}.`,
    {
      subject: "batchSize",
      hint: `Try ${smaller(batchSize)}.${onCuda ? " nvidia-smi shows what else uses the GPU." : ""}`,
      cause,
    },
  );
}

function smaller(batchSize: number | undefined): string {
  if (batchSize === undefined)
    return "a smaller `batchSize`, `width` or `imageSize` in training, or close other programs";
  const network = "a smaller `width` or `imageSize`";
  return batchSize > 1 ? `\`batchSize\` ${batchSize >> 1}, or ${network}` : network;
}
