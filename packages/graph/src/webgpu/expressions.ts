// Elements as expressions: operations that are one write themselves into what reads them.
import type { Ranks } from "../operation.js";
import type { Attributes, Graph, GraphNode, ValueId } from "../types.js";
import type { Constants, KernelTensor } from "./kernel.js";
import type { ElementLowering } from "./lowering.js";
import { loweringOf } from "./operations/index.js";

export const isElementwise = ({ operation }: GraphNode): boolean => "element" in loweringOf(operation);

/** What expressions load from. */
export interface Memory {
  load(id: ValueId, index: string): string;
  readonly constant: Constants;
}

/**
 * The values of a graph as kernels read them: those of `inlined` nodes are computed where they are read, and all others
 * loaded.
 */
export class Expressions {
  readonly #graph: Graph<number>;
  readonly #inlined: ReadonlyMap<ValueId, GraphNode>;
  readonly #memory: Memory;

  constructor(graph: Graph<number>, inlined: ReadonlyMap<ValueId, GraphNode>, memory: Memory) {
    this.#graph = graph;
    this.#inlined = inlined;
    this.#memory = memory;
  }

  tensor(id: ValueId): KernelTensor {
    const node = this.#inlined.get(id);
    return {
      shape: this.#graph.types[id]!.shape,
      load: (index) => (node ? this.element(node, operand(index)) : this.#memory.load(id, index)),
      store: refuse,
    };
  }

  /** An element of the one output of an elementwise node. */
  element(node: GraphNode, index: string): string {
    const lowering = loweringOf(node.operation) as ElementLowering<Attributes, Ranks, Ranks>;
    const tensors = (ids: readonly ValueId[]) => ids.map((id) => this.tensor(id));
    const [inputs, outputs] = [tensors(node.inputs), tensors(node.outputs)];
    const { constant } = this.#memory;
    return lowering.element(
      { inputs, outputs, attributes: node.attributes, scratch: refuse, constant, formOf: refuse },
      index,
    );
  }
}

/** An index that may stand beside any operator. */
const operand = (index: string): string => (/^(\w+|\([^()]*\))$/.test(index) ? index : `(${index})`);

const refuse = (): never => {
  throw new Error("internal: an expression stores nothing and is no product");
};
