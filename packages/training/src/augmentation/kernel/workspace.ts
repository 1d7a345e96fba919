// The memory in which crops are made, one for each thread: it grows to the largest need and stays, so that a photo makes
// no garbage.
import { kernelBytes } from "./kernel-bytes.js";

interface CropKernel {
  alongRows(
    source: number,
    sourceStride: number,
    target: number,
    targetStride: number,
    rows: number,
    ...weights: KernelWeights
  ): void;
  alongColumns(
    source: number,
    sourceStride: number,
    target: number,
    length: number,
    ...weights: KernelWeights
  ): void;
  sumOfGreys(pixels: number, count: number): number;
  recolour(pixels: number, count: number, ofLevel: number, ofGrey: number, constant: number): void;
}

/** Addresses of int32 numbers; from each output's weights to the next one's in bytes; how many outputs there are. */
type KernelWeights = readonly [first: number, taps: number, weights: number, stride: number, count: number];

interface Workspace {
  readonly memory: WebAssembly.Memory;
  readonly kernel: CropKernel;
}

const PAGE_BYTES = 65536;

/** The kernel reads and writes up to so many bytes more than it is given. */
const MARGIN = 16;

let made: Workspace | undefined;

/** The kernel, and `count` bytes from address 0 on: what was in them is lost, and they are good until the next call. */
export function workspace(count: number): { readonly kernel: CropKernel; readonly bytes: Uint8Array } {
  made ??= makeWorkspace();
  const { memory, kernel } = made;
  const missing = count + MARGIN - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  return { kernel, bytes: new Uint8Array(memory.buffer) };
}

function makeWorkspace(): Workspace {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(kernelBytes()), { crop: { memory } });
  return { memory, kernel: instance.exports as unknown as CropKernel };
}
