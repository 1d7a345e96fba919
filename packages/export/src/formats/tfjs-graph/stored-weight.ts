import type { TensorflowConstant } from "@fleuron/graph/tensorflow";
import type { BundlePrecision } from "@fleuron/model";
import type { io } from "@tensorflow/tfjs-core";

/** A weight as the manifest describes it, and its bytes. */
export interface StoredWeight {
  readonly entry: io.WeightsManifestEntry;
  readonly bytes: Uint8Array;
}

export function storedWeight(
  name: string,
  { shape, data }: TensorflowConstant,
  _precision: BundlePrecision,
): StoredWeight {
  const dtype = data instanceof Float32Array ? "float32" : "int32";
  return {
    entry: { name, shape: [...shape], dtype },
    bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}
