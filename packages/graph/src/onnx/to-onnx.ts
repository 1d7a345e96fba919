// Any graph as an ONNX model: a list of nodes from the lowerings, cleaned of dead ones, then as bytes.
import { invalid } from "../invalid.js";
import { liveNodes } from "../live-nodes.js";
import { placeText } from "../place-text.js";
import { knownShape } from "../shapes.js";
import type { Dimension, Graph, GraphInput, ValueId } from "../types.js";
import { onnxDataType } from "./data-type.js";
import { type OnnxConstant, OnnxEmitter, type OnnxNode } from "./emitter.js";
import { encodeModel, type OnnxValueInfo } from "./encode.js";
import { type ExternalData, type ExternalPlace, layOutExternalData } from "./external-data.js";
import type { OnnxValue } from "./lowering.js";
import { type LoweringTable, loweringOf, onnxLowerings } from "./operations/index.js";
import { emitPlaced, emitStoredValue, type StoredValue } from "./stored-value.js";

export interface ToOnnxOptions<D extends Dimension = Dimension> {
  /** Values of variables, in their canonical order: these become initializers, all others inputs. */
  readonly values?: ReadonlyMap<string, StoredValue>;
  /** Where float32 values of further variables lie, in files that are there already: initializers, too. */
  readonly places?: ReadonlyMap<string, ExternalPlace>;
  /** Notes for readers of the model, as its `metadata_props`. */
  readonly metadata?: { readonly [key: string]: string };
  /** Inputs that are bytes in the file, and become float32 there. */
  readonly byteInputs?: readonly string[];
  /** Lowerings for a target, such as `cpuTrainingLowerings`. Default: those that run everywhere. */
  readonly lowerings?: LoweringTable<D>;
  /** The name of a first output before the graph's own: an empty list, which runtimes for JavaScript cannot return. Default: none. */
  readonly unreadable?: string | undefined;
}

/** A model whose large values lie in a second file. */
export interface OnnxFiles {
  readonly model: Uint8Array;
  /** The second file's content, part by part; views of the values themselves, not copies. */
  readonly externalData: readonly Uint8Array[];
}

/** The name of the ONNX output that holds a variable's new value. */
export const updateName = (variable: string): string => `update/${variable}`;

/**
 * Writes `graph` as ONNX, in the oldest opset from 15 on that has its operators, and with onnxruntime's own where a
 * lowering asks for them. Inputs, variables and outputs keep
 * their names; updates become outputs named `update/…`. The same graph gives the same bytes.
 * @throws FleuronError "graph-invalid" for a value of another length and for a name that is given twice, "unsupported-operation" for what ONNX lacks.
 */
export const toOnnx = <D extends Dimension>(graph: Graph<D>, options: ToOnnxOptions<D> = {}): Uint8Array =>
  writeModel(graph, options, () => ({ places: new Map(), parts: [] })).model;

/**
 * The same with values of 1 KiB and more in a file beside the model, which names it.
 * @param file its path, relative to the model's.
 */
export const toOnnxWithExternalData = <D extends Dimension>(
  graph: Graph<D>,
  file: string,
  options: ToOnnxOptions<D> = {},
): OnnxFiles => writeModel(graph, options, (initializers) => layOutExternalData(initializers, file));

function writeModel<D extends Dimension>(
  graph: Graph<D>,
  options: ToOnnxOptions<D>,
  layOut: (initializers: readonly OnnxConstant[]) => ExternalData,
): OnnxFiles {
  const given = [...graph.inputs, ...graph.variables];
  const results = [
    ...graph.outputs,
    ...graph.updates.map(({ name, value }) => ({ name: updateName(name), value })),
  ];
  const unreadable = options.unreadable === undefined ? [] : [options.unreadable];
  const names = [...[...given, ...results].map(nameOf), ...unreadable];
  requireUnique(names);
  const emit = new OnnxEmitter(names);
  const values = new Map<ValueId, OnnxValue<D>>(
    given.map(({ name, value }) => [value, { ...graph.types[value]!, name }]),
  );
  const bytes = graph.inputs.filter(({ name }) => options.byteInputs?.includes(name));
  for (const { name, value } of bytes) {
    const to = { int: onnxDataType("float32") };
    values.set(value, { ...graph.types[value]!, name: emit.node("Cast", [name], { to }) });
  }
  const { values: stored = new Map(), places: elsewhere = new Map() } = options;
  const fixed = graph.variables.filter(({ name }) => stored.has(name) || elsewhere.has(name));
  for (const { name, value } of fixed) {
    const { shape } = graph.types[value]!;
    const variable = { name, shape: knownShape(name, shape) };
    const initializer = stored.has(name)
      ? emitStoredValue(emit, variable, stored.get(name)!)
      : emitPlaced(emit, variable);
    values.set(value, { ...initializer, shape });
  }

  for (const node of graph.nodes) {
    emit.enter(placeText(node.place));
    const outputs = loweringOf(
      options.lowerings ?? onnxLowerings,
      node.operation,
    )({
      inputs: node.inputs.map((id) => values.get(id)!),
      attributes: node.attributes,
      outputs: node.outputs.map((id) => graph.types[id]!),
      emit,
    });
    node.outputs.forEach((id, index) => {
      values.set(id, { ...graph.types[id]!, name: outputs[index]! });
    });
  }

  const renamed = new Map<string, string>();
  const copies: OnnxNode[] = [];
  for (const { name, value } of results) {
    const current = values.get(value)!.name;
    if (emit.computes(current) && !renamed.has(current)) renamed.set(current, name);
    else copies.push({ opType: "Identity", domain: "", inputs: [current], outputs: [name], attributes: {} });
  }
  for (const name of unreadable) copies.push(emptyList(name));
  const rename = (name: string) => renamed.get(name) ?? name;
  const wanted = new Set([...renamed.keys(), ...copies.flatMap(({ outputs }) => outputs)]);
  const nodes = lastLeafFirst(withoutDead([...emit.nodes, ...copies], wanted)).map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }));

  const info = ({ name, value }: { name: string; value: ValueId }): OnnxValueInfo => ({
    ...graph.types[value]!,
    name,
  });
  const bytesInfo = (input: GraphInput): OnnxValueInfo => ({ ...info(input), dtype: "uint8" });
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const initializers = emit.constants.filter(({ name }) => read.has(name));
  const { places, parts } = layOut(initializers);
  const model = encodeModel({
    name: graph.name,
    nodes,
    inputs: [
      ...graph.inputs.map((input) => (bytes.includes(input) ? bytesInfo(input) : info(input))),
      ...graph.variables.filter((variable) => !fixed.includes(variable)).map(info),
    ],
    outputs: [
      ...unreadable.map((name) => ({ name, dtype: "float32" as const, shape: [], isSequence: true })),
      ...results.map(info),
    ],
    initializers,
    external: new Map([...places, ...elsewhere]),
    metadata: options.metadata ?? {},
  });
  return { model, externalData: parts };
}

function requireUnique(names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw invalid(
    twice,
    `An ONNX model has one tensor of a name, and '${twice}' would be two: rename one of them.`,
  );
}

const nameOf = ({ name }: { readonly name: string }): string => name;

const emptyList = (name: string): OnnxNode => ({
  opType: "SequenceEmpty",
  domain: "",
  inputs: [],
  outputs: [name],
  attributes: {},
});

/** Only the nodes that a result needs; outputs at the end of a node that nothing reads are dropped. */
function withoutDead(nodes: readonly OnnxNode[], results: ReadonlySet<string>): readonly OnnxNode[] {
  const live = liveNodes(nodes, results, { reads: ({ inputs }) => inputs, gives: ({ outputs }) => outputs });
  return live.nodes.map((node) => {
    const last = node.outputs.findLastIndex((output) => live.needed.has(output));
    return { ...node, outputs: node.outputs.slice(0, last + 1) };
  });
}

/**
 * The same nodes with those that no other node reads at the end, the last one first. onnxruntime computes what the last
 * node needs first, and so on towards the front: gradients in the order in which backpropagation comes to them, each of
 * which frees what only it needs, and not all of them at the end.
 */
function lastLeafFirst(nodes: readonly OnnxNode[]): readonly OnnxNode[] {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const isLeaf = ({ outputs }: OnnxNode) => !outputs.some((output) => read.has(output));
  return [...nodes.filter((node) => !isLeaf(node)), ...nodes.filter(isLeaf).reverse()];
}
