// A graph as kernels, in an order in which they can run, over tensors that have no memory yet.
import { sizeOf } from "@fleuron/model";
import { liveNodes } from "../live-nodes.js";
import { placeText } from "../place-text.js";
import type { Graph, GraphNode, NamedValue, ValueId } from "../types.js";
import { Expressions, type Memory } from "./expressions.js";
import { type Fusion, fuse, type Group } from "./fuse.js";
import {
  type Constants,
  type Kernel,
  type KernelTensor,
  type LabelledKernel,
  type Scratch,
  storedTensor,
  type TensorId,
} from "./kernel.js";
import type { ChooseForm } from "./lowering.js";
import { loweringOf } from "./operations/index.js";
import { loadScaled, type Scale } from "./scales.js";
import { schedule } from "./schedule.js";

export interface LoweredGraph {
  readonly kernels: readonly LabelledKernel[];
  /** How many elements each tensor has that kernels load or store. */
  readonly elements: ReadonlyMap<TensorId, number>;
  /** Those that are there before the first kernel. */
  readonly constants: ReadonlyMap<TensorId, readonly number[]>;
  /** The tensors, stored by kernels, that hold the outputs that are wanted, and the new values of variables. */
  readonly outputs: ReadonlyMap<string, TensorId>;
  readonly updates: ReadonlyMap<string, TensorId>;
  /** The variables, by their new values. */
  readonly oldValues: ReadonlyMap<TensorId, TensorId>;
}

export interface LowerOptions {
  /** The outputs that are wanted; what only others need is left out. */
  readonly wanted: readonly NamedValue[];
  readonly products: ChooseForm;
  /** What variables of integers are multiplied with. Default: there are none. */
  readonly scales?: ReadonlyMap<ValueId, Scale>;
}

export function lower(
  graph: Graph<number>,
  { wanted, products, scales = new Map() }: LowerOptions,
): LoweredGraph {
  const results = [...wanted, ...graph.updates].map(({ value }) => value);
  const { nodes } = liveNodes(graph.nodes, results, {
    reads: (node) => node.inputs,
    gives: (node) => node.outputs,
  });
  const fusion = fuse(graph, nodes, new Set(results));
  const elements = new Map<TensorId, number>(graph.types.map(({ shape }, id) => [id, sizeOf(shape)]));
  let nextId = graph.types.length;
  const newTensor = (shape: readonly number[]) => {
    const id = nextId++;
    elements.set(id, sizeOf(shape));
    return { id, ...storedTensor(id, shape) };
  };
  const constants = new Map<string, { readonly id: TensorId; readonly values: readonly number[] }>();
  const constant: Constants = (values) => {
    const key = values.join();
    const known = constants.get(key) ?? { id: newTensor([values.length]).id, values };
    constants.set(key, known);
    return storedTensor(known.id, [values.length]);
  };
  const memory: Memory = { load: (id, index) => loadScaled(scales, id, index), constant };
  const kernels = fusion.groups.flatMap((group) =>
    kernelsOf(graph, fusion, group, { scratch: newTensor, memory, products }),
  );

  const computed = new Set(nodes.flatMap(({ outputs }) => outputs));
  const values = new Expressions(graph, fusion.inlined, memory);
  /** The tensor that holds a result: stored by a kernel, or else by one that is added here. */
  const inMemory = ({ name, value }: NamedValue): readonly [string, TensorId] => {
    const { shape, load } = values.tensor(value);
    const [, source] = /^load_(\d+)\(i\)$/.exec(load("i")) ?? [];
    if (source !== undefined && computed.has(Number(source))) return [name, Number(source)];
    const { id, store } = newTensor(shape);
    kernels.push({ label: name, ...elementKernel(shape, load("i"), store) });
    return [name, id];
  };
  const outputs = new Map(wanted.map(inMemory));
  const updates = new Map(graph.updates.map(inMemory));
  const oldValue = (updated: string) => graph.variables.find(({ name }) => name === updated)!.value;
  const oldValues = new Map(Array.from(updates, ([name, id]) => [id, oldValue(name)]));
  return {
    oldValues,
    kernels: schedule(kernels, elements, oldValues),
    elements,
    constants: new Map(Array.from(constants.values(), ({ id, values }) => [id, values])),
    outputs,
    updates,
  };
}

/** A kernel that loads first and then stores, each element by itself. */
const elementKernel = (shape: readonly number[], element: string, store: KernelTensor["store"]): Kernel => ({
  work: { items: sizeOf(shape), item: `let element = ${element};\n${store("i", "element")}` },
});

interface KernelOptions {
  readonly scratch: Scratch;
  readonly memory: Memory;
  readonly products: ChooseForm;
}

function kernelsOf(
  graph: Graph<number>,
  fusion: Fusion,
  { head, followers }: Group,
  { scratch, memory, products }: KernelOptions,
): readonly LabelledKernel[] {
  const label = [placeText(head.place), [head, ...followers].map(({ operation }) => operation).join("+")];
  const lowering = loweringOf(head.operation);
  const values = new Expressions(graph, fusion.inlined, memory);
  const [first, ...others] = head.outputs.map((id) => storedTensor(id, graph.types[id]!.shape));
  const output = followed(graph, fusion, { head, followers }, first!, memory);
  const kernels =
    "element" in lowering
      ? [elementKernel(output.shape, values.element(head, "i"), output.store)]
      : lowering.kernels({
          inputs: head.inputs.map((id) => values.tensor(id)),
          outputs: [output, ...others],
          attributes: head.attributes,
          scratch,
          constant: memory.constant,
          formOf: (size) => products(size, head),
        });
  return kernels.map((kernel) => ({ ...kernel, label: label.join(" ").trim() }));
}

/** The first output of a group's head: storing an element of it computes and stores those of the followers. */
function followed(
  graph: Graph<number>,
  { inlined, isStored }: Fusion,
  { head, followers }: Group,
  output: KernelTensor,
  { load, constant }: Memory,
): KernelTensor {
  if (followers.length === 0) return output;
  return {
    shape: output.shape,
    load: output.load,
    store(index, value) {
      const names = new Map<ValueId, string>();
      const values = new Expressions(graph, inlined, {
        load: (id, at) => names.get(id) ?? load(id, at),
        constant,
      });
      const statements = (node: GraphNode, element: string): string => {
        const [id] = node.outputs;
        const name = `e${names.size}`;
        names.set(id!, name);
        return `let ${name} = ${element};${isStored(id!) ? ` store_${id}(at, ${name});` : ""}`;
      };
      const lines = [
        `let at = ${index};`,
        statements(head, value),
        ...followers.map((node) => statements(node, values.element(node, "at"))),
      ];
      return `{\n${lines.join("\n")}\n}`;
    },
  };
}
