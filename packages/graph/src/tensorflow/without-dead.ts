import { liveNodes } from "../live-nodes.js";
import { nodeOf, type TensorflowNode } from "./node.js";

/** Only the nodes of these names, and what they need. */
export const withoutDead = (
  nodes: readonly TensorflowNode[],
  results: readonly string[],
): readonly TensorflowNode[] =>
  liveNodes(nodes, results, {
    reads: ({ inputs }) => inputs.map(nodeOf),
    gives: ({ name }) => [name],
  }).nodes;
