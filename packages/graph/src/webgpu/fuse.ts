// Which operations become one kernel. What an operation stores, elementwise operations behind it compute on with while it
// is at hand.
import type { Graph, GraphNode, ValueId } from "../types.js";
import { Expressions, isElementwise, type Memory } from "./expressions.js";
import { type Constants, storedTensor } from "./kernel.js";
import { loweringOf } from "./operations/index.js";

/** Nodes that become one kernel (or two, where the head's work is divided). */
export interface Group {
  readonly head: GraphNode;
  /** Elementwise nodes, each of which reads the head or a follower before it, element by element. */
  readonly followers: readonly GraphNode[];
}

export interface Fusion {
  /** In an order in which they can be computed. */
  readonly groups: readonly Group[];
  /** Elementwise nodes that are computed wherever they are read, by their outputs. */
  readonly inlined: ReadonlyMap<ValueId, GraphNode>;
  /** Whether a value of a group leaves it: for another group, or as a result. */
  isStored(id: ValueId): boolean;
}

/**
 * Parentheses of what is inlined, at most: WGSL's parsers give up where some 120 lie within each other, and a transpose of a
 * transpose repeats its index.
 */
const MOST_PARENTHESES = 64;

/** @param nodes those that `results` need, in the graph's order. */
export function fuse(
  graph: Graph<number>,
  nodes: readonly GraphNode[],
  results: ReadonlySet<ValueId>,
): Fusion {
  const inlined = new Map<ValueId, GraphNode>();
  const readers = readersIn(nodes);
  for (const node of nodes)
    if (isElementwise(node) && isFree(graph, node)) inlined.set(node.outputs[0]!, node);

  /** The nodes that read a value, those that are computed where they are read aside: what reads these reads it. */
  const readersOf = (id: ValueId): readonly GraphNode[] =>
    (readers.get(id) ?? []).flatMap((reader) => {
      const [output] = reader.outputs;
      return inlined.has(output!) ? readersOf(output!) : [reader];
    });
  const isResult = (id: ValueId): boolean =>
    results.has(id) ||
    (readers.get(id) ?? []).some(
      ({ outputs: [output] }) =>
        inlined.has(output!) && isFree(graph, inlined.get(output!)!) && isResult(output!),
    );
  const values = new Expressions(graph, inlined, probed);
  const isLong = (node: GraphNode) => values.element(node, "i").split("(").length > MOST_PARENTHESES;
  for (const node of nodes) {
    const [output] = node.outputs;
    if (!isElementwise(node) || inlined.has(output!) || isResult(output!)) continue;
    const [reader, another] = readersOf(output!);
    if (reader === undefined || another !== undefined || !readsOnce(reader) || isLong(node)) continue;
    inlined.set(output!, node);
  }

  const groups: { head: GraphNode; followers: GraphNode[] }[] = [];
  const groupOf = new Map<ValueId, number>();
  const first = (node: GraphNode) => groups[groupOf.get(node.outputs[0]!)!]!;
  for (const node of nodes) {
    if (inlined.has(node.outputs[0]!)) continue;
    const joined = isElementwise(node) ? groupToJoin(node) : undefined;
    if (joined === undefined) groups.push({ head: node, followers: [] });
    else groups[joined]!.followers.push(node);
    for (const id of node.outputs) groupOf.set(id, joined ?? groups.length - 1);
  }
  return {
    groups,
    inlined,
    isStored: (id) =>
      isResult(id) || readersOf(id).some((reader) => first(reader) !== groups[groupOf.get(id)!]),
  };

  /** The last group that a node reads from, where it reads of it the element that it computes, of what can be followed. */
  function groupToJoin(node: GraphNode): number | undefined {
    const reads: { id: ValueId; index: string }[] = [];
    const probe = new Expressions(graph, inlined, {
      load(id, index) {
        reads.push({ id, index });
        return "0.0";
      },
      constant,
    });
    probe.element(node, "i");
    const last = Math.max(...reads.map(({ id }) => groupOf.get(id) ?? -1));
    const group = groups[last];
    if (group === undefined) return undefined;
    const ofGroup = reads.filter(({ id }) => groupOf.get(id) === last);
    const follows = (id: ValueId) =>
      id === group.head.outputs[0] || group.followers.some(({ outputs }) => outputs.includes(id));
    return ofGroup.every(({ id, index }) => index === "i" && follows(id)) ? last : undefined;
  }
}

function readersIn(nodes: readonly GraphNode[]): ReadonlyMap<ValueId, readonly GraphNode[]> {
  const readers = new Map<ValueId, GraphNode[]>();
  for (const node of nodes) for (const id of node.inputs) readers.set(id, [...(readers.get(id) ?? []), node]);
  return readers;
}

/** Whether an operation loads each element once: then that may as well be computed there. */
const readsOnce = ({ operation }: GraphNode): boolean => {
  const lowering = loweringOf(operation);
  return "element" in lowering || lowering.loadsOnce === true;
};

/** Numbers that a probe does not look at. */
const constant: Constants = () => storedTensor(0, []);

const probed: Memory = { load: (_, index) => `loaded ${index}`, constant };

/** Whether an elementwise node is a number, or another tensor in another shape. */
function isFree(graph: Graph<number>, node: GraphNode): boolean {
  const element = new Expressions(graph, new Map(), probed).element(node, "i");
  return element === "loaded i" || !element.includes("loaded");
}
