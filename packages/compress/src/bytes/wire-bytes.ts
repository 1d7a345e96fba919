// What a network's compact file takes on the wire, before it is written: integers of few bits lie close to their entropy there.
import { storeKernel } from "@fleuron/export";
import { type KernelBits, type Network, networkParameters, type Parameter, sizeOf } from "@fleuron/model";
import { kernelsOf } from "../kernels-of.js";
import type { WeightedNetwork } from "../search/weighted-network.js";

/** Bits that a number of each kernel takes on the wire, by the kernel's name. */
export type WireBits = ReadonlyMap<string, number>;

/** The graph and the names in the file. */
const GRAPH_BYTES = 3000;
/** Numbers that stay float32 hardly shrink. */
const FLOAT_BYTES = 3.7;

export function wireBytes(network: Network, bits: WireBits): number {
  const bytes = networkParameters(network).map(({ name, kind, shape }) => {
    const size = sizeOf(shape);
    if (kind !== "kernel") return size * FLOAT_BYTES;
    const scales = shape[0]! + size / shape[0]!;
    return (size * bits.get(name)!) / 8 + scales * FLOAT_BYTES;
  });
  return Math.round(bytes.reduce((sum, each) => sum + each, GRAPH_BYTES));
}

/** As measured of these weights, each kernel in as many bits as `bitsOf` says. */
export const wireBitsOf = (
  network: Network,
  weights: ReadonlyMap<string, Float32Array>,
  bitsOf: (kernel: Parameter) => KernelBits,
): WireBits =>
  new Map(
    kernelsOf(network).map((kernel) => [
      kernel.name,
      bitsPerNumber(kernel, weights.get(kernel.name)!, bitsOf(kernel)),
    ]),
  );

/** As measured of its weights, each kernel in 4 bits. */
export const fourBits = ({ network, weights }: WeightedNetwork): WireBits =>
  wireBitsOf(network, weights, () => 4);

function bitsPerNumber(kernel: Parameter, values: Float32Array, bits: KernelBits): number {
  const stored = storeKernel(values, kernel, bits);
  if (stored instanceof Float32Array || stored.type === "float16") return 16;
  const { integers } = stored;
  return (entropyOf(integers) * integers.length) / values.length;
}

/** Bits per byte of a code that knows how often each byte occurs. */
function entropyOf(bytes: Int8Array): number {
  const counts = new Float64Array(256);
  for (const byte of bytes) counts[byte + 128]! += 1;
  return counts.reduce((sum, count) => {
    const share = count / bytes.length;
    return share === 0 ? sum : sum - share * Math.log2(share);
  }, 0);
}
