// Weights, slots and gradients side by side in one WebAssembly memory, where the SIMD update reaches them and
// onnxruntime reads and writes them without a copy.
import { sizeOf } from "@fleuron/model";
import { outOfMemory } from "../../engine/out-of-memory.js";
import { trainerError } from "../../errors.js";
import { kernelBytes } from "./kernel-bytes.js";

/** Elements that the kernel takes at a time; each tensor starts on such a boundary. */
const alignment = 16;
const pageBytes = 65536;
/** All pages that 32-bit addresses reach. */
const mostPages = 65536;

interface KernelExports {
  momentum: UpdateKernel;
  nesterov: UpdateKernel;
  sumOfSquares(address: number, count: number): number;
}

type UpdateKernel = (
  weights: number,
  velocity: number,
  gradient: number,
  count: number,
  momentum: number,
  scale: number,
  decay: number,
) => void;

/** A tensor inside the memory: its elements, and where they stand. `count` includes the padding. */
export interface PlacedTensor {
  readonly data: Float32Array<ArrayBuffer>;
  readonly address: number;
  readonly count: number;
}

export interface StateMemory {
  readonly tensors: ReadonlyMap<string, PlacedTensor>;
  readonly kernel: KernelExports;
}

/**
 * Places tensors of these names and shapes, all zero.
 * @throws FleuronError "out-of-memory" when the machine has not the memory, and above WebAssembly's 4 GiB.
 */
export function allocateState(shapes: ReadonlyMap<string, readonly number[]>): StateMemory {
  const padded = (shape: readonly number[]) => Math.ceil(sizeOf(shape) / alignment) * alignment;
  const bytes = [...shapes.values()].reduce((sum, shape) => sum + padded(shape) * 4, 0);
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  const memory = reserve(pages);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(kernelBytes()), { state: { memory } });

  const tensors = new Map<string, PlacedTensor>();
  let address = 0;
  for (const [name, shape] of shapes) {
    const count = padded(shape);
    tensors.set(name, {
      data: new Float32Array(memory.buffer as ArrayBuffer, address, sizeOf(shape)),
      address,
      count,
    });
    address += count * 4;
  }
  return { tensors, kernel: instance.exports as unknown as KernelExports };
}

/** Tensors that were placed one after the other, as one stretch of the memory: their padding, zeros, is in it. */
export function sideBySide(tensors: readonly PlacedTensor[]): Float32Array<ArrayBuffer> {
  const [first] = tensors;
  if (first === undefined) return new Float32Array();
  const count = tensors.reduce((sum, tensor) => sum + tensor.count, 0);
  return new Float32Array(first.data.buffer, first.address, count);
}

function reserve(pages: number): WebAssembly.Memory {
  if (pages > mostPages) {
    const gigabytes = (count: number) => `${((count * pageBytes) / 1e9).toFixed(1)} GB`;
    throw trainerError(
      "out-of-memory",
      `The weights and the optimiser's state take ${gigabytes(pages)}; this engine holds ${gigabytes(mostPages)}.`,
      { subject: "width", hint: "Try a smaller `width` or `imageSize`." },
    );
  }
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw outOfMemory(cause) ?? cause;
  }
}
