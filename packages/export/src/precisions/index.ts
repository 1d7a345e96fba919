// The table of storage precisions: how each one stores a parameter. Biases and statistics always stay float32.
import type { StoredValue } from "@fleuron/graph/onnx";
import type { BundlePrecision, Parameter } from "@fleuron/model";
import { exportError } from "../errors.js";
import { quantiseMatrix } from "./quantise-matrix.js";
import { toFloat16 } from "./to-float16.js";

type StoreKernel = (kernel: Float32Array, parameter: Parameter) => StoredValue;

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
};

export const storeParameter = (
  precision: BundlePrecision,
  parameter: Parameter,
  values: Float32Array,
): StoredValue => (parameter.fewestBits < 32 ? stores[precision](values, parameter) : values);

/** All parameters of a network at a storage precision, by name. */
export const storeWeights = (
  precision: BundlePrecision,
  parameters: readonly Parameter[],
  weights: ReadonlyMap<string, Float32Array>,
): ReadonlyMap<string, StoredValue> =>
  new Map(
    parameters.map((parameter) => [
      parameter.name,
      storeParameter(precision, parameter, weights.get(parameter.name)!),
    ]),
  );

/**
 * Integers with a scale for each row and each column, unlike the graph model's int8, which has one range for a kernel.
 * The kernel is a matrix: [inputs, outputs] of a dense layer, [outputs, inputs × height × width] of a convolution.
 */
function scaledIntegers(kernel: Float32Array, parameter: Parameter, bits: 4 | 8): StoredValue {
  if (kernel.length < fewestIntegers) return stores.float16(kernel, parameter);
  const [height] = parameter.shape as readonly [number];
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
