import type { Graph, ValueId } from "../types.js";

/** The values that are computed from a graph's inputs, not from its variables and constants alone. */
export function imageDependent({ inputs, nodes }: Graph): ReadonlySet<ValueId> {
  const dependent = new Set(inputs.map(({ value }) => value));
  for (const node of nodes)
    if (node.inputs.some((input) => dependent.has(input)))
      for (const output of node.outputs) dependent.add(output);
  return dependent;
}
