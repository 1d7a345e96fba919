import { type NetworkDescription, networkOf } from "@fleuron/graph";
import { firstNotFinite, sizeOf } from "@fleuron/model";
import { exportError } from "./errors.js";

export interface KnownWeights {
  /** Whether somebody has looked that all numbers are finite, as who reads a run does. Default: false. */
  readonly knownFinite?: boolean | undefined;
}

/**
 * Checks that every parameter of the network is there, with its length, and holds finite numbers only.
 * @throws FleuronError "weights-invalid" that names the first parameter for which that is not so.
 */
export function checkWeights(
  network: NetworkDescription,
  weights: ReadonlyMap<string, Float32Array>,
  { knownFinite = false }: KnownWeights = {},
): void {
  for (const { name, shape } of networkOf(network).parameters) {
    const values = weights.get(name);
    if (values === undefined) throw invalid(name, "is missing");
    if (values.length !== sizeOf(shape)) {
      throw invalid(name, `has ${values.length} numbers instead of ${sizeOf(shape)} ([${shape.join(", ")}])`);
    }
    const at = knownFinite ? -1 : firstNotFinite(values);
    if (at >= 0) throw invalid(name, `holds ${values[at]} at index ${at}`);
  }
}

const invalid = (name: string, problem: string) =>
  exportError("weights-invalid", `The weights of '${name}' cannot be exported: it ${problem}.`, {
    subject: name,
    hint: "Train again, or take another checkpoint, run or file: a loss that becomes NaN leaves such weights behind.",
  });
