// What a file computes, as a network that gives logits: whatever its last nodes make of them is taken off.
import {
  concat,
  constant,
  type Graph,
  GraphBuilder,
  type GraphNode,
  type ImportedNetwork,
  multiply,
  type NamedValue,
  replayGraph,
  reshape,
  type Shape,
  type Tensor,
  type ValueId,
} from "@fleuron/graph";
import { importError } from "./errors.js";
import { softmaxOf } from "./final-softmax.js";
import type { OnnxImport } from "./import-onnx.js";

/** What an output says of the classes; of one number it is the second class's. */
type Scale = "logits" | "probabilities" | "logarithms of probabilities";

export interface ClassifyingOutput {
  /** What the file calls it. */
  readonly name: string;
  readonly gives: Scale;
  /** How many numbers it gives a photo: one for each class, or one for both. */
  readonly numbers: number;
}

interface Candidate extends ClassifyingOutput {
  /** The logits' value, of any shape. */
  readonly logits: ValueId;
}

/**
 * The network of an imported file, whose output is `logits` [batch, classes]. A softmax at its end is taken off; one
 * number for two classes, a logit or a sigmoid's, becomes the logits 0 and that one.
 * @throws FleuronError "onnx-unsupported" for a file without an output that classifies, or with several.
 */
export function classifierOf(imported: OnnxImport): ImportedNetwork {
  const { name, graph } = imported;
  const { logits, numbers } = candidateIn(graph);
  const builder = new GraphBuilder(name);
  const given = replayGraph(builder, graph).get(logits)!;
  builder.output("logits", numbers === 1 ? twoOf(builder, given) : matrix(given, numbers));
  const inference = builder.build();
  const used = new Set(inference.variables.map((variable) => variable.name));
  const parameters = imported.parameters.filter((parameter) => used.has(parameter.name));
  return { type: "imported", name, inference, parameters };
}

/** The output of the file that {@link classifierOf} takes, and what it is. */
export function classifyingOutput({ graph }: OnnxImport): ClassifyingOutput {
  const { name, gives, numbers } = candidateIn(graph);
  return { name, gives, numbers };
}

function twoOf(builder: GraphBuilder, given: Tensor): Tensor {
  const logit = matrix(given, 1);
  return concat([multiply(logit, constant(builder, 0)), logit], 1);
}

const matrix = (tensor: Tensor, length: number): Tensor =>
  tensor.shape.length === 2 ? tensor : reshape(tensor, [tensor.shape[0]!, length]);

function candidateIn(graph: Graph): Candidate {
  const found = graph.outputs.flatMap((output) => candidate(graph, output));
  const [first, ...others] = found;
  const outputs = graph.outputs
    .map(({ name, value }) => `${name} [${graph.types[value]!.shape.join(", ")}]`)
    .join(", ");
  if (first === undefined) {
    throw importError(
      "onnx-unsupported",
      `No output of the file gives one number for each class, [batch, classes]; its outputs: ${outputs}.`,
      { hint: "Detectors and networks that give features are no classifiers." },
    );
  }
  if (others.some(({ logits }) => logits !== first.logits)) {
    const names = found.map(({ name }) => `'${name}'`).join(", ");
    throw importError("onnx-unsupported", `Several outputs of the file may name classes: ${names}.`, {
      subject: first.name,
      hint: "Write the file with one of them.",
    });
  }
  return first;
}

function candidate(graph: Graph, { name, value }: NamedValue): readonly Candidate[] {
  const { dtype, shape } = graph.types[value]!;
  const numbers = classesIn(shape);
  if (dtype !== "float32" || numbers === undefined) return [];
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
  const last = lastComputing(graph, producers, value);
  const input = last?.inputs[0];
  const overClasses = input !== undefined && graph.types[input]!.shape.at(-1) === numbers;
  if (last?.operation === "sigmoid") {
    if (numbers === 1) return [{ name, gives: "probabilities", numbers, logits: input! }];
    throw importError("onnx-unsupported", `'${name}' says of each of ${numbers} labels whether it applies.`, {
      subject: name,
      hint: "A classifier names one of them: its output is a softmax's, or logits.",
    });
  }
  const softmax = last && softmaxOf(graph, producers, last);
  if (softmax && overClasses && numbers > 1) return [{ name, ...softmax, numbers }];
  return [{ name, gives: "logits", numbers, logits: value }];
}

/** K of [batch, K] and of [batch, K, 1, 1]. */
function classesIn([batch, classes, ...rest]: Shape): number | undefined {
  const isRow = typeof batch === "string" && typeof classes === "number";
  return isRow && (rest.length === 0 || rest.length === 2) && rest.every((length) => length === 1)
    ? classes
    : undefined;
}

/** The node that gives a value's numbers, behind those that only arrange them. */
function lastComputing(
  graph: Graph,
  producers: ReadonlyMap<ValueId, GraphNode>,
  value: ValueId,
): GraphNode | undefined {
  const node = producers.get(value);
  const input = node?.inputs[0];
  const arranges =
    input !== undefined &&
    (node?.operation === "reshape" ||
      (node?.operation === "transpose" && keepsOrder(graph.types[input]!.shape, node)));
  return arranges ? lastComputing(graph, producers, input) : node;
}

/** Whether axes that are longer than 1 stay in their order. */
function keepsOrder(shape: Shape, { attributes: { permutation } }: GraphNode): boolean {
  const order = (permutation as readonly number[]).filter((axis) => shape[axis] !== 1);
  return order.every((axis, index) => index === 0 || axis > order[index - 1]!);
}
