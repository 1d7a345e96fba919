import { FleuronError } from "@fleuron/model";
import { type GraphErrorCode, shapeText } from "./shapes.js";
import type { Shape } from "./types.js";

/**
 * A shape as a dialect's Reshape takes it: one named dimension becomes −1, "what is left".
 * @throws FleuronError "unsupported-operation" for a shape with two.
 */
export function reshapeTarget(dialect: string, shape: Shape): readonly number[] {
  const targets = shape.map((dimension) => (typeof dimension === "string" ? -1 : dimension));
  if (targets.filter((target) => target === -1).length <= 1) return targets;
  throw new FleuronError<GraphErrorCode>(
    "unsupported-operation",
    `reshape to ${shapeText(shape)}: ${dialect} infers one dimension only.`,
    { subject: "reshape" },
  );
}
