import type { Lowering } from "../lowering.js";
import { asItLies } from "../value.js";

export const logicalNot: Lowering<"logicalNot"> = ({ inputs: [x], emit }) => {
  const { name, layout } = asItLies(x);
  return [{ name: emit.node("LogicalNot", [name]), layout }];
};
