// The table of storage precisions: how each one stores a parameter. Biases and statistics always stay float32.
import { networkOf } from "@fleuron/graph";
import type { StoredValue } from "@fleuron/graph/onnx";
import type { BundlePrecision, KernelBits, Parameter } from "@fleuron/model";
import { exportError } from "../errors.js";
import type { TrainedModel } from "../trained-model.js";
import { quantiseMatrix } from "./quantise-matrix.js";
import { toFloat16 } from "./to-float16.js";

/** What a run has measured that its kernels need. */
type MeasuredBits = ReadonlyMap<string, KernelBits> | undefined;
type StoreKernel = (kernel: Float32Array, parameter: Parameter, measured?: MeasuredBits) => StoredValue;

/**
 * Kernels of fewer weights are float16 instead of integers. AlexNet's first convolution and last dense layer are a
 * thousandth of its weights, and the first one alone, in int8, moved the probabilities more than all others.
 */
export const fewestIntegers = 2 ** 16;

const stores: { readonly [Precision in BundlePrecision]: StoreKernel } = {
  float32: (kernel) => kernel,
  float16: (kernel, parameter) => ({ type: "float16", halves: finiteHalves(kernel, parameter) }),
  int8: (kernel, parameter) => scaledIntegers(kernel, parameter, 8),
  int4: (kernel, parameter) => scaledIntegers(kernel, parameter, parameter.fewestBits === 4 ? 4 : 8),
  compact: (kernel, parameter, measured) => {
    const bits = measured?.get(parameter.name);
    return bits === undefined ? stores.int4(kernel, parameter) : storeKernel(kernel, parameter, bits);
  },
};

/** A kernel in so many bits. */
export const storeKernel = (kernel: Float32Array, parameter: Parameter, bits: KernelBits): StoredValue =>
  bits === 16 ? stores.float16(kernel, parameter) : integersOf(kernel, parameter, bits);

export const storeParameter = (
  precision: BundlePrecision,
  parameter: Parameter,
  values: Float32Array,
  measured?: MeasuredBits,
): StoredValue => (parameter.fewestBits < 32 ? stores[precision](values, parameter, measured) : values);

/** All parameters of a trained network at a storage precision, by name; compact ones as they were measured. */
export function storeModel(
  { network, weights, kernelBits, compactWeights }: TrainedModel,
  precision: BundlePrecision,
): ReadonlyMap<string, StoredValue> {
  const compact = precision === "compact" ? compactWeights : undefined;
  return new Map(
    networkOf(network).parameters.map((parameter) => {
      const { name } = parameter;
      const values = compact?.get(name) ?? weights.get(name)!;
      return [name, storeParameter(precision, parameter, values, kernelBits)];
    }),
  );
}

/**
 * Integers with a scale for each row and each column, unlike the graph model's int8, which has one range for a kernel.
 * The kernel is a matrix: [inputs, outputs] of a dense layer, [outputs, inputs × height × width] of a convolution.
 */
const scaledIntegers = (kernel: Float32Array, parameter: Parameter, bits: 4 | 8): StoredValue =>
  kernel.length < fewestIntegers ? stores.float16(kernel, parameter) : integersOf(kernel, parameter, bits);

function integersOf(kernel: Float32Array, { shape }: Parameter, bits: 4 | 8): StoredValue {
  const [height] = shape as readonly [number];
  return {
    type: bits === 4 ? "int4" : "int8",
    ...quantiseMatrix(kernel, [height, kernel.length / height], bits),
  };
}

/** @throws FleuronError "precision-unsupported" for a kernel that holds more than a half can. */
export function finiteHalves(kernel: Float32Array, { name }: Parameter): Uint16Array {
  const halves = toFloat16(kernel);
  // A loop, because findIndex takes ten times as long.
  for (let i = 0; i < halves.length; i++) {
    if ((halves[i]! & 0x7fff) !== 0x7c00) continue;
    throw exportError(
      "precision-unsupported",
      `'${name}' holds ${kernel[i]}, and the largest number of float16 is 65504.`,
      { subject: name, hint: "Export it in another storage precision, such as int8 or float32." },
    );
  }
  return halves;
}
