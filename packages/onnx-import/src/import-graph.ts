// The nodes of an ONNX file as a graph, whatever they compute.
import { type Graph, GraphBuilder, type Tensor } from "@fleuron/graph";
import { FleuronError, type Parameter } from "@fleuron/model";
import { Budget } from "./budget.js";
import { constantValue } from "./constant-value.js";
import { constantOf, live, NodeContext } from "./context.js";
import { importError } from "./errors.js";
import { fold, isFolded } from "./fold/index.js";
import { operatorNamed } from "./operators/index.js";
import { Parameters } from "./parameters.js";
import { readModel, type SourceModel, type SourceNode } from "./read/read-model.js";
import { type ExternalFiles, elementKind, readTensor } from "./read/read-tensor.js";
import { refuse } from "./refusals.js";
import type { Constant, Value } from "./value.js";

export interface ImportedGraph {
  readonly graph: Graph;
  readonly parameters: readonly Parameter[];
  /** The parameters' numbers, by their names; views of the file's bytes where these are aligned. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /** Outputs that depend on no input, by their names. */
  readonly constants: ReadonlyMap<string, Constant>;
}

/**
 * Reads a file that need not be an image's: its inputs, float32 of stated shape, become tensors by their names.
 * @throws FleuronError of {@link OnnxImportErrorCode}.
 */
export function importGraph(bytes: Uint8Array, externalData: ExternalFiles = () => undefined): ImportedGraph {
  const model = readModel(bytes);
  const builder = new GraphBuilder(model.name);
  const given = new Map<string, Value>();
  for (const { name, shape, elementType } of model.inputs) {
    if (elementKind(elementType) !== "float" || !shape?.every((length) => typeof length === "number"))
      throw importError("onnx-unsupported", `The input '${name}' is not float32 of a stated shape.`, {
        subject: name,
      });
    given.set(name, live(builder.input(name, { type: "tensor" }, shape)));
  }
  return readGraph(model, builder, { given, externalData });
}

interface Reading {
  /** What the inputs are, by their names. */
  readonly given: ReadonlyMap<string, Value>;
  /** The tensor that has the batch. Default: none, all lengths are numbers. */
  readonly image?: Tensor | undefined;
  /** Whether the file states a batch of 1. Default: no. */
  readonly onePhoto?: boolean;
  readonly externalData: ExternalFiles;
}

/** Adds the nodes that outputs need to a graph, and names those outputs. */
export function readGraph(
  model: SourceModel,
  builder: GraphBuilder,
  { given, image, onePhoto = false, externalData }: Reading,
): ImportedGraph {
  const parameters = new Parameters(builder);
  const budget = new Budget();
  const values = new Map(given);
  for (const [tensor, proto] of model.initializers) {
    const { kind, shape, data } = readTensor(proto, externalData);
    budget.hold(data.length);
    values.set(tensor, constantOf(kind, shape, data, tensor));
  }
  const needed = neededNodes(model);
  const unread = needed.filter(({ opType }) => opType !== "Constant" && !isRead(opType));
  if (unread.length > 0) refuse(unread);
  const shared = { builder, values, parameters, image, onePhoto, budget };
  for (const node of needed) {
    const context = new NodeContext(node, { ...shared, opset: model.opset });
    const results = builder.at({ layer: node.name }, () =>
      named(node, () => resultsOf(node, context, externalData, budget)),
    );
    for (const result of results)
      if (result.type === "live") context.requireSize(result.tensor.shape, LARGEST_TENSOR);
    node.outputs.forEach((output, index) => {
      const result = results[index];
      if (result === undefined && output !== "" && isReadLater(model, output))
        context.unsupported(`gives '${output}'`);
      if (result !== undefined) values.set(output, called(output, result));
    });
  }
  const constants = new Map<string, Constant>();
  for (const { name } of model.outputs) {
    const value = values.get(name);
    if (value?.type === "live") builder.output(name, value.tensor);
    if (value?.type === "constant") constants.set(name, value);
  }
  const graph = builder.build();
  const used = new Set(graph.variables.map((variable) => variable.name));
  return {
    graph,
    parameters: parameters.list.filter((parameter) => used.has(parameter.name)),
    values: new Map([...parameters.values].filter(([parameter]) => used.has(parameter))),
    constants,
  };
}

/** What is computed from constants is called as the file calls it, where it has no name yet. */
const called = (name: string, value: Value): Value =>
  value.type === "constant" && value.name === "" ? { ...value, name } : value;

/** What the graph says of shapes and types that do not suit an operation, with the node. */
function named<Result>(node: SourceNode, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof FleuronError) || cause.code.startsWith("onnx-")) throw cause;
    throw importError("onnx-invalid", `${node.opType} '${node.name}' cannot be computed: ${cause.message}`, {
      subject: node.opType,
      cause,
    });
  }
}

/** Some operators are read as a part of the graph, some are only computed from constants, most are both. */
const isRead = (opType: string): boolean => operatorNamed(opType) !== undefined || isFolded(opType);

/** The elements of a photo's tensor: of more no runtime has the memory. */
const LARGEST_TENSOR = 2 ** 28;

function resultsOf(
  node: SourceNode,
  context: NodeContext,
  external: ExternalFiles,
  budget: Budget,
): readonly Value[] {
  if (node.opType === "Constant") {
    const constant = constantValue(context, external);
    budget.hold(constant.data.length);
    return [constant];
  }
  if (node.inputs.length === 0) return context.invalid("has no inputs");
  const inputs = node.inputs.map((_, index) => context.optional(index));
  if (inputs.every((input) => input === undefined || input.type === "constant")) {
    const folded = fold(
      inputs.map((input) => (input?.type === "constant" ? input : undefined)),
      context,
    );
    if (folded) return folded;
  }
  const operator = operatorNamed(node.opType) ?? context.unsupported("depends on the image");
  const result = operator(context);
  return "type" in result ? [result] : result;
}

const isReadLater = ({ nodes, outputs }: SourceModel, value: string): boolean =>
  outputs.some(({ name }) => name === value) || nodes.some(({ inputs }) => inputs.includes(value));

/** The nodes that an output needs, in the order of the file. */
export function neededNodes({ nodes, outputs }: SourceModel): readonly SourceNode[] {
  const needed = new Set(outputs.map(({ name }) => name));
  const kept = nodes.toReversed().filter((node) => {
    if (!node.outputs.some((output) => needed.has(output))) return false;
    for (const input of node.inputs) needed.add(input);
    return true;
  });
  return kept.reverse();
}
