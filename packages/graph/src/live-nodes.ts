/** What a node reads and what it gives, in whatever names its values have. */
export interface Edges<Node, Value> {
  reads(node: Node): Iterable<Value>;
  gives(node: Node): Iterable<Value>;
}

/**
 * The nodes that the results need, in the order that they had, which is one in which they can be computed; and every
 * value that a result or one of these nodes reads.
 */
export function liveNodes<Node, Value>(
  nodes: readonly Node[],
  results: Iterable<Value>,
  { reads, gives }: Edges<Node, Value>,
): { readonly nodes: readonly Node[]; readonly needed: ReadonlySet<Value> } {
  const needed = new Set(results);
  const live: Node[] = [];
  for (const node of nodes.toReversed()) {
    if (![...gives(node)].some((value) => needed.has(value))) continue;
    for (const value of reads(node)) needed.add(value);
    live.push(node);
  }
  return { nodes: live.reverse(), needed };
}
