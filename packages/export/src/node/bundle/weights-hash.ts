import { createHash } from "node:crypto";
import { networkOf } from "@fleuron/graph";
import type { TrainedModel } from "../../trained-model.js";
import { hashInPieces } from "./hash-in-pieces.js";

/** SHA-256 of a network's parameters as little-endian float32, in the network's order. */
export async function weightsHash({
  network,
  weights,
}: Pick<TrainedModel, "network" | "weights">): Promise<string> {
  const hash = createHash("sha256");
  for (const { name } of networkOf(network).parameters) {
    const values = weights.get(name) ?? new Float32Array();
    await hashInPieces(hash, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest("hex");
}
