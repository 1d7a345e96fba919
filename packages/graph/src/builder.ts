// Builds a graph node by node: infers shapes as it goes, and gives equal nodes one result.
import { FleuronError } from "@fleuron/model";
import type { ForEach, NodeBuilder, Operation, Ranks, Tensor, Tensors } from "./operation.js";
import { pruneGraph } from "./prune.js";
import { requireInputs, sameShape, shapeError } from "./shapes.js";
import type {
  Attributes,
  AttributeValue,
  DType,
  Graph,
  GraphInput,
  GraphNode,
  GraphVariable,
  InputRole,
  NamedValue,
  Place,
  Shape,
  TensorType,
  ValueId,
} from "./types.js";

export class GraphBuilder implements NodeBuilder {
  readonly #name: string;
  readonly #types: TensorType[] = [];
  readonly #tensors: Tensor[] = [];
  readonly #inputs: GraphInput[] = [];
  readonly #variables: GraphVariable[] = [];
  readonly #nodes: GraphNode[] = [];
  readonly #operations = new Map<GraphNode, Operation>();
  readonly #outputs: NamedValue[] = [];
  readonly #updates: NamedValue[] = [];
  readonly #known = new Map<string, readonly Tensor[]>();
  #place: Place = { layer: "", gradient: false };

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, role: InputRole, shape: Shape, dtype: DType = "float32"): Tensor {
    const tensor = this.#tensor({ dtype, shape });
    this.#inputs.push({ name: this.#unused(name), role, value: tensor.id });
    return tensor;
  }

  variable(name: string, shape: Shape): Tensor {
    const tensor = this.#tensor({ dtype: "float32", shape });
    this.#variables.push({ name: this.#unused(name), value: tensor.id });
    return tensor;
  }

  apply<A extends Attributes, Inputs extends Ranks, Outputs extends Ranks>(
    operation: Operation<A, Inputs, Outputs>,
    inputs: ForEach<Inputs, Tensor>,
    attributes: A,
  ): Tensors<Outputs>;
  apply(operation: Operation, inputs: readonly Tensor[], attributes: Attributes): readonly Tensor[] {
    requireInputs(operation, inputs);
    for (const input of inputs) this.#requireOwn(operation.name, input);
    const key = `${operation.name}(${inputs.map(({ id }) => id)})${canonical(attributes)}`;
    const found = this.#known.get(key);
    if (found) return found;

    const outputs = operation.infer(inputs, attributes).map((type) => this.#tensor(type));
    const node: GraphNode = {
      operation: operation.name,
      attributes,
      inputs: inputs.map(({ id }) => id),
      outputs: outputs.map(({ id }) => id),
      place: this.#place,
    };
    this.#nodes.push(node);
    this.#operations.set(node, operation);
    this.#known.set(key, outputs);
    return outputs;
  }

  /** Nodes that `build` adds are marked as belonging there. */
  at<Result>(place: Partial<Place>, build: () => Result): Result {
    const outer = this.#place;
    this.#place = { layer: "", gradient: false, ...place };
    try {
      return build();
    } finally {
      this.#place = outer;
    }
  }

  output(name: string, tensor: Tensor): void {
    this.#requireOwn(`the output '${name}'`, tensor);
    if (this.#outputs.some((output) => output.name === name)) throw duplicate("output", name);
    this.#outputs.push({ name, value: tensor.id });
  }

  /** `tensor` becomes the variable's value when a step ends. */
  update(name: string, tensor: Tensor): void {
    this.#requireOwn(`the update of '${name}'`, tensor);
    const variable = this.#variables.find((entry) => entry.name === name);
    if (!variable) {
      throw new FleuronError("graph-invalid", `The update of '${name}' names no variable of the graph.`);
    }
    const type = this.#types[variable.value]!;
    if (tensor.dtype !== type.dtype || !sameShape(tensor.shape, type.shape)) {
      throw shapeError(`update of '${name}'`, [type, tensor], "a variable keeps its type");
    }
    if (this.#updates.some((update) => update.name === name)) throw duplicate("update", name);
    this.#updates.push({ name, value: tensor.id });
  }

  /** The nodes so far with their operations, in the order in which they were added. */
  nodes(): readonly { readonly node: GraphNode; readonly operation: Operation }[] {
    return this.#nodes.map((node) => ({ node, operation: this.#operations.get(node)! }));
  }

  tensor(id: ValueId): Tensor {
    return this.#tensors[id]!;
  }

  /** The finished graph, without the nodes that no output and no update needs. */
  build(): Graph {
    return pruneGraph({
      formatVersion: 1,
      name: this.#name,
      types: this.#types,
      inputs: this.#inputs,
      variables: this.#variables,
      nodes: this.#nodes,
      outputs: this.#outputs,
      updates: this.#updates,
    });
  }

  #tensor(type: TensorType): Tensor {
    const tensor = { builder: this, id: this.#types.length, dtype: type.dtype, shape: type.shape };
    this.#types.push({ dtype: type.dtype, shape: type.shape });
    this.#tensors.push(tensor);
    return tensor;
  }

  #requireOwn(user: string, { builder }: Tensor): void {
    if (builder !== this) throw new Error(`internal: ${user} was given a tensor of another graph`);
  }

  #unused(name: string): string {
    if ([...this.#inputs, ...this.#variables].some((existing) => existing.name === name)) {
      throw duplicate("input or variable", name);
    }
    return name;
  }
}

const duplicate = (kind: string, name: string) =>
  new FleuronError("graph-invalid", `The graph has two ${kind}s named '${name}'.`);

/** Attributes as text, with keys in one order. */
function canonical(attributes: Attributes): string {
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries satisfies [string, AttributeValue][]);
}
