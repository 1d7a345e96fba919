// An ONNX file as a graph of ours.
import type { Parameter } from "@fleuron/model";
import { GraphBuilder } from "../builder.js";
import type { Tensor } from "../operation.js";
import { transpose } from "../operations/transpose.js";
import type { Graph, Shape } from "../types.js";
import { constantOf, live, NodeContext } from "./context.js";
import { importError } from "./errors.js";
import { constantValue, fold } from "./fold.js";
import { operatorNamed } from "./operators/index.js";
import { BATCH } from "./operators/shape.js";
import { Parameters } from "./parameters.js";
import { readModel, type SourceModel, type SourceNode, type SourceValue } from "./read/read-model.js";
import { type ExternalFiles, elementKind, readTensor } from "./read/read-tensor.js";
import { refuse } from "./refusals.js";
import type { Value } from "./value.js";

export interface ImportOptions {
  /** The bytes of a file beside the model, by the path that the model states; undefined where there is none. */
  readonly externalData?: ExternalFiles;
  /** Height and width of the image where the file leaves them open. */
  readonly imageSize?: readonly [height: number, width: number] | undefined;
  /** Numbers for inputs that are no image, by their names. */
  readonly inputs?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxImport {
  readonly name: string;
  /** Input `image` [batch, channels, height, width]; outputs as the file names them. */
  readonly graph: Graph;
  readonly parameters: readonly Parameter[];
  /** The parameters' numbers, by their names; views of the file's bytes where these are aligned. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /** What the file calls its image, and how that lies there. */
  readonly input: { readonly name: string; readonly layout: "NCHW" | "NHWC" };
  readonly producer: string;
  readonly opset: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads an ONNX file, opset 6 to 28, as a graph whose batch is open. Shapes are inferred here: what the file says of them
 * is not taken for true.
 * @throws FleuronError of {@link OnnxImportErrorCode}.
 */
export function importOnnx(bytes: Uint8Array, options: ImportOptions = {}): OnnxImport {
  const model = readModel(bytes);
  const image = imageOf(model, options);
  const builder = new GraphBuilder(model.name);
  const given = builder.input("image", { type: "image" }, [BATCH, ...image.size]);
  const input = image.layout === "NCHW" ? given : transpose(given, [0, 2, 3, 1]);
  const { values, parameters } = readNodes(model, builder, {
    image: given,
    input,
    name: image.name,
    options,
  });
  for (const { name } of model.outputs) {
    const value = values.get(name);
    if (value?.type === "live") builder.output(name, value.tensor);
  }
  const { name, producer, opset, metadata } = model;
  const graph = builder.build();
  if (graph.outputs.length === 0)
    throw importError("onnx-invalid", "No output of the file depends on its image.");
  const used = new Set(graph.variables.map((variable) => variable.name));
  return {
    name,
    graph,
    parameters: parameters.list.filter((parameter) => used.has(parameter.name)),
    values: new Map([...parameters.values].filter(([parameter]) => used.has(parameter))),
    input: { name: image.name, layout: image.layout },
    producer,
    opset,
    metadata,
  };
}

interface Reading {
  readonly image: Tensor;
  readonly input: Tensor;
  readonly name: string;
  readonly options: ImportOptions;
}

function readNodes(model: SourceModel, builder: GraphBuilder, { image, input, name, options }: Reading) {
  const external: ExternalFiles = (path) => options.externalData?.(path);
  const parameters = new Parameters(builder);
  const values = new Map<string, Value>([[name, live(input)]]);
  for (const [bound, numbers] of Object.entries(options.inputs ?? {}))
    values.set(bound, boundValue(model, bound, numbers));
  for (const [tensor, proto] of model.initializers) {
    const { kind, shape, data } = readTensor(proto, external);
    values.set(tensor, constantOf(kind, shape, data, tensor));
  }
  const needed = neededNodes(model);
  const unread = needed.filter(({ opType }) => opType !== "Constant" && !isRead(opType));
  if (unread.length > 0) refuse(unread);
  for (const node of needed) {
    const context = new NodeContext(node, { opset: model.opset, builder, values, parameters, image });
    const results = builder.at({ layer: node.name }, () => resultsOf(node, context, external));
    node.outputs.forEach((output, index) => {
      const result = results[index];
      if (result === undefined && output !== "" && isReadLater(model, output))
        context.unsupported(`gives '${output}'`);
      if (result !== undefined) values.set(output, result);
    });
  }
  return { values, parameters };
}

/** Operators that are only computed from constants, and those that are read as a part of the graph. */
const foldedAlone = new Set([..."Mod Ceil Floor Round Sign And Or Equal Range ConstantOfShape".split(" ")]);
const isRead = (opType: string): boolean => operatorNamed(opType) !== undefined || foldedAlone.has(opType);

function resultsOf(node: SourceNode, context: NodeContext, external: ExternalFiles): readonly Value[] {
  if (node.opType === "Constant") return [constantValue(context, external)];
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
function neededNodes({ nodes, outputs }: SourceModel): readonly SourceNode[] {
  const needed = new Set(outputs.map(({ name }) => name));
  const kept = nodes.toReversed().filter((node) => {
    if (!node.outputs.some((output) => needed.has(output))) return false;
    for (const input of node.inputs) needed.add(input);
    return true;
  });
  return kept.reverse();
}

interface Image {
  readonly name: string;
  readonly layout: "NCHW" | "NHWC";
  /** Channels, height, width. */
  readonly size: readonly [number, number, number];
}

function imageOf(model: SourceModel, { inputs = {}, imageSize }: ImportOptions): Image {
  const read = new Set(neededNodes(model).flatMap((node) => node.inputs));
  const open = model.inputs.filter(({ name }) => read.has(name) && !Object.hasOwn(inputs, name));
  const images = open.filter(
    ({ shape, elementType }) => shape?.length === 4 && elementKind(elementType) === "float",
  );
  const [image, another] = images;
  if (image === undefined) {
    const named = open.map(({ name, shape }) => `${name} [${shape ?? "?"}]`).join(", ") || "none";
    throw importError(
      "onnx-unsupported",
      `The file takes no image [batch, channels, height, width]; its inputs: ${named}.`,
    );
  }
  const others = open.filter((input) => input !== image);
  if (another !== undefined || others.length > 0) {
    const names = others.map(({ name }) => `'${name}'`).join(", ");
    throw importError("onnx-option", `Beside the image '${image.name}' the file wants ${names}.`, {
      subject: others[0]!.name,
      hint: "Give each a value with `inputs`.",
    });
  }
  return sized(image, imageSize);
}

function sized({ name, shape }: SourceValue, imageSize: ImportOptions["imageSize"]): Image {
  const [, one, two, three] = shape as Shape;
  const isChannels = (length: number | string | undefined) => length === 1 || length === 3;
  const layout = !isChannels(one) && isChannels(three) ? "NHWC" : "NCHW";
  const [channels, ...sides] = layout === "NCHW" ? [one, two, three] : [three, one, two];
  if (typeof channels !== "number")
    throw importError("onnx-unsupported", `The image '${name}' has no stated number of channels.`);
  const stated = sides.map((side, index) => (typeof side === "number" ? side : imageSize?.[index]));
  const [height, width] = stated;
  if (height === undefined || width === undefined) {
    throw importError(
      "onnx-option",
      `The image '${name}' may have any size: [${shape!.map((length) => length || "?").join(", ")}].`,
      {
        subject: "imageSize",
        hint: "Say which one with `imageSize`.",
      },
    );
  }
  if (imageSize !== undefined && (height !== imageSize[0] || width !== imageSize[1])) {
    throw importError(
      "onnx-option",
      `The file takes images of ${height} × ${width}, not of ${imageSize.join(" × ")}.`,
      {
        subject: "imageSize",
      },
    );
  }
  return { name, layout, size: [channels, height, width] };
}

function boundValue(model: SourceModel, name: string, numbers: number | readonly number[]): Value {
  const input = model.inputs.find((each) => each.name === name);
  if (input === undefined) {
    const names = model.inputs.map((each) => each.name).join(", ");
    throw importError("onnx-option", `The file has no input '${name}'; it has ${names}.`, { subject: name });
  }
  const kind = elementKind(input.elementType) ?? "float";
  const data = typeof numbers === "number" ? [numbers] : numbers;
  const stated = input.shape?.every((length) => typeof length === "number")
    ? (input.shape as readonly number[])
    : undefined;
  const shape = stated ?? (typeof numbers === "number" ? [] : [data.length]);
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== data.length) {
    throw importError(
      "onnx-option",
      `The input '${name}' takes ${size} numbers, and was given ${data.length}.`,
      {
        subject: name,
      },
    );
  }
  return constantOf(kind, shape, kind === "float" ? Float32Array.from(data) : data, name);
}
