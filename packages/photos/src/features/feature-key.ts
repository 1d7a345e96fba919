import { createHash } from "node:crypto";
import type { Graph } from "@fleuron/graph";
import type { SquarePreprocessing } from "@fleuron/model";
import { onnxruntime } from "@fleuron/runtime-node";
import { type PixelStorage, storageName } from "@fleuron/training/data";

/** All that a photo's features depend on, besides the photo: a body with its values, and what it is given of a photo. */
export function featureKey(
  body: Graph,
  values: ReadonlyMap<string, Float32Array>,
  photo: { readonly preprocessing: SquarePreprocessing; readonly storage: PixelStorage },
): string {
  const hash = createHash("sha256");
  const { node: version } = onnxruntime.env.versions;
  hash.update(JSON.stringify([body, photo.preprocessing, storageName(photo.storage), version]));
  for (const { name } of body.variables) {
    const { buffer, byteOffset, byteLength } = values.get(name)!;
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest("hex");
}
