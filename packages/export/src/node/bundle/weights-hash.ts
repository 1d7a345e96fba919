import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { networkOf } from "@fleuron/graph";
import type { TrainedModel } from "../../trained-model.js";

/** Bytes that are hashed in one go: as many as Node writes to a file in one go. */
const PIECE = 2 ** 19;

/**
 * SHA-256 of a network's parameters as little-endian float32, in the network's order. Between two pieces the thread does what else it has to.
 */
export async function weightsHash({
  network,
  weights,
}: Pick<TrainedModel, "network" | "weights">): Promise<string> {
  const hash = createHash("sha256");
  for (const { name } of networkOf(network).parameters) {
    const values = weights.get(name) ?? new Float32Array();
    for (let at = 0; at < values.byteLength; at += PIECE) {
      const length = Math.min(PIECE, values.byteLength - at);
      hash.update(new Uint8Array(values.buffer, values.byteOffset + at, length));
      await setImmediate();
    }
  }
  return hash.digest("hex");
}
