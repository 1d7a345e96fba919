import type { Lowering } from "../lowering.js";

export const biasAdd: Lowering<Record<string, never>> = ({ inputs: [x, bias], emit }) => {
  const absorbed = emit.takeBias(x.name, bias.name);
  if (absorbed !== undefined) return [absorbed];
  const trailing = x.shape.slice(2).map(() => 1);
  const spread =
    trailing.length > 0 ? emit.node("Reshape", [bias.name, emit.ints([1, -1, ...trailing])]) : bias.name;
  return [emit.node("Add", [x.name, spread])];
};
