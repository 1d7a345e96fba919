// How much the answers change where one kernel alone is rounded: what decides in how many bits it is kept.
import { restore, storeKernel } from "@fleuron/export";
import { type KernelBits, kernelBits, type ProgressEvent, progress } from "@fleuron/model";
import { type ImageBatch, parameterStateName, softmax, type TrainingEngine } from "@fleuron/training";
import { kernelsOf } from "../kernels-of.js";
import type { WeightedNetwork } from "../search/weighted-network.js";
import { wireBitsOf } from "./wire-bytes.js";

/** A kernel in so many bits. */
export interface KernelChoice {
  readonly kernel: string;
  readonly bits: KernelBits;
  /** The mean Kullback-Leibler divergence of the answers from those of the kernel as it was trained, in nats. */
  readonly divergence: number;
  /** On the wire. */
  readonly bytes: number;
}

/**
 * Each kernel in each number of bits.
 * @param engine holds the network's weights, and has them again afterwards.
 * @param batches are photos of training: what they decide is not measured on others.
 */
export async function* kernelSensitivity(
  { network, weights }: WeightedNetwork,
  engine: Pick<TrainingEngine, "predict" | "write">,
  batches: readonly ImageBatch[],
): AsyncGenerator<ProgressEvent, readonly KernelChoice[]> {
  const kernels = kernelsOf(network);
  const expected = await answersOf(engine, batches);
  const choices: KernelChoice[] = [];
  const total = kernels.length * kernelBits.length;
  for (const bits of kernelBits) {
    const wireBits = wireBitsOf(network, weights, () => bits);
    for (const kernel of kernels) {
      const values = weights.get(kernel.name)!;
      const written = async (data: Float32Array) =>
        engine.write(only({ name: parameterStateName(kernel), shape: kernel.shape, data }));
      await written(restore(storeKernel(values, kernel, bits)));
      const divergence = divergenceOf(await answersOf(engine, batches), expected);
      await written(values);
      const bytes = (values.length * wireBits.get(kernel.name)!) / 8;
      choices.push({ kernel: kernel.name, bits, divergence, bytes });
      yield progress("rounding kernels", choices.length, total, "numbers");
    }
  }
  return choices;
}

/** For each photo the probabilities of all classes. */
async function answersOf(
  engine: Pick<TrainingEngine, "predict">,
  batches: readonly ImageBatch[],
): Promise<readonly Float32Array[]> {
  const answers: Float32Array[] = [];
  for (const batch of batches) {
    const { data, classes } = await engine.predict(batch);
    for (let at = 0; at < data.length; at += classes) answers.push(softmax(data.slice(at, at + classes)));
  }
  return answers;
}

const SMALLEST = 1e-30;

function divergenceOf(actual: readonly Float32Array[], expected: readonly Float32Array[]): number {
  const sums = expected.map((row, photo) =>
    row.reduce(
      (sum, p, label) => sum + (p > 0 ? p * Math.log(p / Math.max(actual[photo]![label]!, SMALLEST)) : 0),
      0,
    ),
  );
  return sums.reduce((sum, each) => sum + each, 0) / sums.length;
}

async function* only<Item>(item: Item): AsyncGenerator<Item> {
  yield item;
}
