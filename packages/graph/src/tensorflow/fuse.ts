// What TensorFlow's own converter does for the browser: bias and ReLU become part of the operation before them.
import { nodeOf, type TensorflowNode } from "./node.js";

const fusedOps: Readonly<Record<string, string>> = { Conv2D: "_FusedConv2D", MatMul: "_FusedMatMul" };

/** The same results under the same names. Intermediate ones are fused away where nothing else reads them. */
export function fuse(nodes: readonly TensorflowNode[]): readonly TensorflowNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const readers = new Map<string, number>();
  for (const input of nodes.flatMap(({ inputs }) => inputs)) {
    readers.set(nodeOf(input), (readers.get(nodeOf(input)) ?? 0) + 1);
  }
  const fused = new Set<TensorflowNode>();
  /** The node that computes the first input, if it is of one of these kinds and has no other reader. */
  const before = (node: TensorflowNode, ops: readonly string[]): TensorflowNode | undefined => {
    const source = byName.get(node.inputs[0]!);
    return source && ops.includes(source.op) && readers.get(source.name) === 1 ? source : undefined;
  };
  const result = nodes.map((node): TensorflowNode => {
    const biased = node.op === "Relu" ? before(node, ["BiasAdd"]) : node.op === "BiasAdd" ? node : undefined;
    const product = biased && before(biased, Object.keys(fusedOps));
    if (!product) return node;
    fused.add(product);
    if (biased !== node) fused.add(biased);
    return {
      name: node.name,
      op: fusedOps[product.op]!,
      inputs: [...product.inputs, biased.inputs[1]!],
      attributes: {
        ...product.attributes,
        fused_ops: { strings: biased === node ? ["BiasAdd"] : ["BiasAdd", "Relu"] },
        num_args: { int: 1 },
      },
    };
  });
  return result.filter((node) => !fused.has(byName.get(node.name)!));
}
