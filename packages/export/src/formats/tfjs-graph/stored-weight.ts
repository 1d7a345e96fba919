// How a graph model stores a weight at each storage precision, and what its manifest says of it.
import type { TensorflowConstant } from "@fleuron/graph/tensorflow";
import type { BundlePrecision, Parameter } from "@fleuron/model";
import type { io } from "@tensorflow/tfjs-core";
import { fewestIntegers, finiteHalves } from "../../precisions/index.js";
import { affineRange } from "./affine-range.js";

export interface StoredWeight {
  readonly entry: io.WeightsManifestEntry;
  readonly bytes: Uint8Array;
}

interface StoredKernel {
  readonly bytes: Uint8Array;
  readonly quantization?: Quantization;
}

/** tfjs's own converter names the dtype that comes out, too. */
interface Quantization extends NonNullable<io.WeightsManifestEntry["quantization"]> {
  readonly original_dtype: "float32";
}

type StoreKernel = (kernel: Float32Array, parameter: Parameter) => StoredKernel;

const halves: StoreKernel = (kernel, parameter) => ({
  bytes: bytesOf(finiteHalves(kernel, parameter)),
  quantization: { dtype: "float16", original_dtype: "float32" },
});

/** int8 by its name: bytes of one affine range for the whole kernel, which is what the format has. */
const affineBytes: StoreKernel = (kernel) => {
  const { min, scale } = affineRange(kernel);
  return {
    bytes: nearestSteps(kernel, min, scale),
    quantization: { dtype: "uint8", original_dtype: "float32", min, scale },
  };
};

const stores: { readonly [Precision in BundlePrecision]?: StoreKernel } = {
  float32: (kernel) => ({ bytes: bytesOf(kernel) }),
  float16: halves,
  int8: (kernel, parameter) => (kernel.length < fewestIntegers ? halves : affineBytes)(kernel, parameter),
};

export const storedPrecisions = Object.keys(stores) as readonly BundlePrecision[];

/** @param parameter what the constant holds; undefined for one that is no parameter. Kernels alone lose bits. */
export function storedWeight(
  name: string,
  { shape, data }: TensorflowConstant,
  precision: BundlePrecision,
  parameter?: Parameter,
): StoredWeight {
  const entry = { name, shape: [...shape] };
  if (data instanceof Int32Array) return { entry: { ...entry, dtype: "int32" }, bytes: bytesOf(data) };
  const store = parameter !== undefined && parameter.fewestBits < 32 && stores[precision];
  const stored = store ? store(data, parameter) : { bytes: bytesOf(data) };
  const { quantization } = stored;
  return {
    entry: { ...entry, dtype: "float32", ...(quantization && { quantization }) },
    bytes: stored.bytes,
  };
}

function nearestSteps(values: Float32Array, min: number, scale: number): Uint8Array {
  const bytes = new Uint8ClampedArray(values.length);
  const perStep = scale > 0 ? 1 / scale : 0;
  // Assigning to a clamped array rounds to the nearest and clips to 0…255.
  for (let i = 0; i < values.length; i++) bytes[i] = (values[i]! - min) * perStep;
  return bytesOf(bytes);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
