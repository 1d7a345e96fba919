// A graph as kernels, in an order in which they can run, over tensors that have no memory yet.
import { sizeOf } from "@fleuron/model";
import { liveNodes } from "../live-nodes.js";
import { placeText } from "../place-text.js";
import type { Graph, NamedValue, ValueId } from "../types.js";
import { type Kernel, type KernelTensor, type Scratch, storedTensor, type TensorId } from "./kernel.js";
import { loweringOf } from "./operations/index.js";

/** A kernel, and what it is for: "conv1 conv2d". */
export interface LabelledKernel extends Kernel {
  readonly label: string;
}

export interface LoweredGraph {
  readonly kernels: readonly LabelledKernel[];
  /** How many elements each tensor has that kernels load or store. */
  readonly elements: ReadonlyMap<TensorId, number>;
  /** The tensors, stored by kernels, that hold the outputs that are wanted, and the new values of variables. */
  readonly outputs: ReadonlyMap<string, TensorId>;
  readonly updates: ReadonlyMap<string, TensorId>;
}

/** @param wanted the outputs that are wanted; what only others need is left out. */
export function lower(graph: Graph<number>, wanted: readonly NamedValue[]): LoweredGraph {
  const kernels: LabelledKernel[] = [];
  const elements = new Map<TensorId, number>();
  const values = new Map<ValueId, KernelTensor>();
  let nextId = graph.types.length;
  const store = (id: TensorId, shape: readonly number[]): KernelTensor => {
    elements.set(id, sizeOf(shape));
    return storedTensor(id, shape);
  };
  const scratch: Scratch = (shape) => store(nextId++, shape);
  const elementKernel = (label: string, output: KernelTensor, element: (index: string) => string) => {
    kernels.push({
      label,
      work: { items: sizeOf(output.shape), item: output.store("i", element("i")) },
    });
  };

  for (const { value } of [...graph.inputs, ...graph.variables]) {
    values.set(value, store(value, graph.types[value]!.shape));
  }
  const results = [...wanted, ...graph.updates];
  const { nodes } = liveNodes(
    graph.nodes,
    results.map(({ value }) => value),
    { reads: (node) => node.inputs, gives: (node) => node.outputs },
  );
  for (const node of nodes) {
    const label = `${placeText(node.place)} ${node.operation}`.trim();
    const lowering = loweringOf(node.operation);
    const inputs = node.inputs.map((id) => values.get(id)!);
    const shapes = node.outputs.map((id) => graph.types[id]!.shape);
    if ("kernels" in lowering) {
      const outputs = node.outputs.map((id, index) => store(id, shapes[index]!));
      const { attributes } = node;
      for (const kernel of lowering.kernels({ inputs, outputs, attributes, scratch }))
        kernels.push({ ...kernel, label });
      node.outputs.forEach((id, index) => {
        values.set(id, outputs[index]!);
      });
      continue;
    }
    const [id, shape] = [node.outputs[0]!, shapes[0]!];
    const element = (index: string) =>
      lowering.element(
        { inputs, outputs: [storedTensor(id, shape)], attributes: node.attributes, scratch },
        index,
      );
    const virtual = { shape, load: element, store: refuse };
    if (isNoWork(virtual)) values.set(id, virtual);
    else {
      const output = store(id, shape);
      elementKernel(label, output, element);
      values.set(id, output);
    }
  }

  const computed = new Set(nodes.flatMap((node) => node.outputs));
  const inMemory = ({ name, value }: NamedValue): readonly [string, TensorId] => {
    const tensor = values.get(value)!;
    const source = sourceOf(tensor);
    if (source !== undefined && computed.has(source)) return [name, source];
    const id = nextId++;
    elementKernel(name, store(id, tensor.shape), tensor.load);
    return [name, id];
  };
  const outputs = new Map(wanted.map(inMemory));
  const updates = new Map(graph.updates.map(inMemory));
  return { kernels, elements, outputs, updates };
}

/** Whether a tensor is another one in another shape, or a number: nothing that is worth memory of its own. */
const isNoWork = (tensor: KernelTensor): boolean =>
  sourceOf(tensor) !== undefined || !tensor.load("i").includes("load_");

/** The tensor in memory whose elements these are, in its order. */
function sourceOf(tensor: KernelTensor): TensorId | undefined {
  const [, id] = /^load_(\d+)\(i\)$/.exec(tensor.load("i")) ?? [];
  return id === undefined ? undefined : Number(id);
}

const refuse = (): never => {
  throw new Error("internal: a tensor without memory is stored");
};
