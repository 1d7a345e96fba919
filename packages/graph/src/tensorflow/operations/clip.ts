import type { Lowering } from "../lowering.js";
import { asItLies } from "../value.js";

/** Not ClipByValue, which refuses a lower bound above the upper one, and has no open side. */
export const clip: Lowering<"clip"> = ({ inputs: [x], attributes: { low, high }, emit }) => {
  const { name, layout } = asItLies(x);
  const bounded = (op: string, tensor: string, bound: number | undefined) =>
    bound === undefined ? tensor : emit.node(op, [tensor, emit.scalar(bound)], { T: { type: "float32" } });
  return [{ name: bounded("Minimum", bounded("Maximum", name, low), high), layout }];
};
