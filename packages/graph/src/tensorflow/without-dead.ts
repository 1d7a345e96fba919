import { nodeOf, type TensorflowNode } from "./node.js";

/** Only the nodes of these names, and what they need. */
export function withoutDead(
  nodes: readonly TensorflowNode[],
  results: readonly string[],
): readonly TensorflowNode[] {
  const needed = new Set(results);
  const kept: TensorflowNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!needed.has(node.name)) continue;
    for (const input of node.inputs) needed.add(nodeOf(input));
    kept.push(node);
  }
  return kept.reverse();
}
