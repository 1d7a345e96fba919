import { createHash } from "node:crypto";
import { networkParameters } from "@fleuron/model";
import type { TrainedModel } from "../../trained-model.js";

/** SHA-256 of a network's parameters as little-endian float32, in the network's order. */
export function weightsHash({ network, weights }: Pick<TrainedModel, "network" | "weights">): string {
  const hash = createHash("sha256");
  for (const { name } of networkParameters(network)) {
    const values = weights.get(name) ?? new Float32Array();
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest("hex");
}
