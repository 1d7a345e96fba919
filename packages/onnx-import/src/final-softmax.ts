// A softmax, and the logarithm of one, by whatever operations a file has them.
import type { Graph, GraphNode, ValueId } from "@fleuron/graph";

export interface FinalSoftmax {
  readonly gives: "probabilities" | "logarithms of probabilities";
  /** What it was taken of, up to a number that a photo's logits have in common. */
  readonly logits: ValueId;
}

/** What gives a value, where there is a node that does. */
export type Producers = ReadonlyMap<ValueId, GraphNode>;

/** The softmax over its last axis that a node is, or ends; exp(x) ÷ Σ exp(x) is one. */
export function softmaxOf(graph: Graph, producers: Producers, node: GraphNode): FinalSoftmax | undefined {
  const [input, divisor] = node.inputs as readonly [ValueId, ValueId?];
  const probabilities = (logits: ValueId) => ({ gives: "probabilities", logits }) as const;
  const logarithms = (logits: ValueId) => ({ gives: "logarithms of probabilities", logits }) as const;
  switch (node.operation) {
    case "softmax":
      return probabilities(input);
    case "logSoftmax":
      return logarithms(input);
    case "log": {
      const before = producers.get(input);
      const found = before && softmaxOf(graph, producers, before);
      return found?.gives === "probabilities" ? logarithms(found.logits) : undefined;
    }
    case "divide": {
      const power = producers.get(input);
      const isOne = power?.operation === "exp" && isSumOf(graph, producers, divisor!, input);
      return isOne ? probabilities(power.inputs[0]!) : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a value is the sum of another over its last axis, repeated or not. */
function isSumOf(graph: Graph, producers: Producers, value: ValueId, of: ValueId): boolean {
  const node = producers.get(value);
  if (node === undefined) return false;
  if (node.operation === "reshape" || node.operation === "broadcastLike")
    return isSumOf(graph, producers, node.inputs[0]!, of);
  const { axes } = node.attributes as { readonly axes?: readonly number[] };
  const last = graph.types[of]!.shape.length - 1;
  return node.operation === "reduceSum" && node.inputs[0] === of && axes?.length === 1 && axes[0] === last;
}
