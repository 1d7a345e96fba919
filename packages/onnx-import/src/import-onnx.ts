// An ONNX file as a graph of ours.
import { type Dimension, type Graph, GraphBuilder, type Shape, transpose } from "@fleuron/graph";
import { TensorProto_DataType } from "@fleuron/graph/onnx/schema";
import type { Parameter } from "@fleuron/model";
import { constantOf, live } from "./context.js";
import { importError } from "./errors.js";
import { neededNodes, readGraph } from "./import-graph.js";
import { readModel, type SourceModel, type SourceValue } from "./read/read-model.js";
import { type ExternalFiles, elementKind } from "./read/read-tensor.js";
import { BATCH, type Value } from "./value.js";

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
  const tensor = builder.input("image", { type: "image" }, [BATCH, ...image.size]);
  const given = new Map<string, Value>([
    [image.name, live(image.layout === "NCHW" ? tensor : transpose(tensor, [0, 2, 3, 1]))],
  ]);
  for (const [name, numbers] of Object.entries(options.inputs ?? {}))
    given.set(name, boundValue(model, name, numbers));
  const externalData = readOnce(options.externalData);
  const { graph, parameters, values } = readGraph(model, builder, {
    ...{ given, image: tensor, externalData },
    onePhoto: image.batch === 1,
  });
  if (graph.outputs.length === 0 || graph.inputs.length === 0)
    throw importError("onnx-invalid", "No output of the file depends on its image.");
  const { name, producer, opset, metadata } = model;
  return {
    name,
    graph,
    parameters,
    values,
    input: { name: image.name, layout: image.layout },
    producer,
    opset,
    metadata,
  };
}

/** Each file is asked for once, however many tensors lie in it. */
function readOnce(files: ExternalFiles = () => undefined): ExternalFiles {
  const read = new Map<string, Uint8Array | undefined>();
  return (path) => {
    if (!read.has(path)) read.set(path, files(path));
    return read.get(path);
  };
}

interface Image {
  readonly name: string;
  readonly layout: "NCHW" | "NHWC";
  /** As the file states it. */
  readonly batch: number | string;
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
      open.some(takesBytes)
        ? { hint: "It normalises bytes itself: import its form that takes float32." }
        : {},
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

const takesBytes = ({ shape, elementType }: SourceValue) =>
  shape?.length === 4 && elementType === TensorProto_DataType.UINT8;

/** In pixels: no camera has more in one row. */
const LONGEST = 2 ** 16;

function sized({ name, shape }: SourceValue, imageSize: ImportOptions["imageSize"]): Image {
  const [batch, one, two, three] = shape as Shape<Dimension, 4>;
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
  if (![channels, height, width].every((length) => length >= 1 && length <= LONGEST))
    throw importError(
      "onnx-invalid",
      `The image '${name}' is ${channels} × ${height} × ${width}; lengths of 1 to ${LONGEST} are read.`,
    );
  if (imageSize !== undefined && (height !== imageSize[0] || width !== imageSize[1])) {
    throw importError(
      "onnx-option",
      `The file takes images of ${height} × ${width}, not of ${imageSize.join(" × ")}.`,
      {
        subject: "imageSize",
      },
    );
  }
  return { name, layout, batch, size: [channels, height, width] };
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
