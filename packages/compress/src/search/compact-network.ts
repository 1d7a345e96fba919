// The last step: each kernel in the fewest bits that its answers bear, within what is left of the bytes.
import { brotliCompressSync } from "node:zlib";
import { onnxFormat, restore, storeKernel } from "@fleuron/export";
import type { KernelBits, WorkEvent } from "@fleuron/model";
import type { ImageBatch } from "@fleuron/training";
import { chooseBits } from "../bytes/choose-bits.js";
import { kernelSensitivity } from "../bytes/kernel-sensitivity.js";
import { kernelsOf } from "../kernels-of.js";
import { withNewStatistics } from "../rounding/new-statistics.js";
import { batchesOf } from "./batches-of.js";
import { openNetwork } from "./open-network.js";
import type { Search } from "./search.js";
import type { WeightedNetwork } from "./weighted-network.js";

/** Training photos on whose answers the rounding of each kernel is judged. */
const PHOTOS = 128;
/** With a floor of accuracy there are no bytes to fit into: so much more than the fewest may be spent. */
const MORE_BYTES = 1.05;

/** Statistics that are taken anew may compress so much worse than those before. */
const STATISTICS_BYTES = 500;

export interface CompactNetwork {
  readonly kernelBits: ReadonlyMap<string, KernelBits>;
  /** As the compact file computes. */
  readonly rounded: WeightedNetwork;
  /** What the compact file and its weights take on the wire. */
  readonly bytes: number;
}

export async function* compactNetwork(
  search: Search,
  weighted: WeightedNetwork,
): AsyncGenerator<WorkEvent, CompactNetwork> {
  const fewest = new Map(kernelsOf(weighted.network).map(({ name }): [string, KernelBits] => [name, 4]));
  const fewestBytes = await wireBytesOf(search, weighted, fewest);
  const targetBytes = search.wish.targetBytes ?? fewestBytes * MORE_BYTES;
  const choices = yield* sensitivity(search, weighted);
  // What kernels gain is estimated, what the file takes is measured: where it is too large, less is given away.
  for (let free = targetBytes - fewestBytes; ; free *= 0.8) {
    const kernelBits = free < 1000 ? fewest : chooseBits(choices, free);
    const bytes = await wireBytesOf(search, weighted, kernelBits);
    if (bytes > targetBytes - STATISTICS_BYTES && kernelBits !== fewest) continue;
    const rounded = yield* withNewStatistics(search, roundedTo(weighted, kernelBits));
    const stored = withKernels(rounded, weighted.weights);
    return { kernelBits, rounded, bytes: await wireBytesOf(search, stored, kernelBits) };
  }
}

async function* sensitivity(search: Search, weighted: WeightedNetwork) {
  const { source, photos, computing } = search;
  await using engine = await openNetwork(weighted, source.record.plan, computing);
  await using data = batchesOf(search, weighted.network, {
    val: photos.aside.slice(0, PHOTOS),
    valPixels: photos.asidePixels,
  });
  const batches: ImageBatch[] = [];
  for await (const batch of data.validation()) batches.push(batch);
  return yield* kernelSensitivity(weighted, engine, batches);
}

/** The compact file as `writeBundle` writes it, compressed. */
async function wireBytesOf(
  { source }: Search,
  { network, weights }: WeightedNetwork,
  kernelBits: ReadonlyMap<string, KernelBits>,
): Promise<number> {
  const { labels, preprocessing } = source.record;
  const model = { network, weights, labels, preprocessing, temperature: 1, kernelBits };
  const { files } = await onnxFormat.encode(model, "compact");
  return files
    .map(({ parts }) => brotliCompressSync(Buffer.concat(parts)).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}

const roundedTo = (weighted: WeightedNetwork, bits: ReadonlyMap<string, KernelBits>): WeightedNetwork =>
  withKernels(
    weighted,
    new Map(
      kernelsOf(weighted.network).map((kernel) => {
        const { name } = kernel;
        return [name, restore(storeKernel(weighted.weights.get(name)!, kernel, bits.get(name)!))];
      }),
    ),
  );

/** The network with the kernels of other weights. */
const withKernels = (
  weighted: WeightedNetwork,
  weights: ReadonlyMap<string, Float32Array>,
): WeightedNetwork => ({
  ...weighted,
  weights: new Map([
    ...weighted.weights,
    ...kernelsOf(weighted.network).map(({ name }) => [name, weights.get(name)!] as const),
  ]),
});
