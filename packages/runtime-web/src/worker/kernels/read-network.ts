// What an ONNX file of a bundle holds for kernels of our own: its graph, and its weights as they are stored.
import type { Graph } from "@fleuron/graph";
import type { Packing, VariableEntry } from "@fleuron/graph/webgpu";
import { type BundleModel, externalPlace, folderOf, type OnnxTensor, readOnnx } from "@fleuron/model";

export interface StoredNetwork {
  /** The graph of one photo. */
  readonly graph: Graph<number>;
  readonly variables: readonly VariableEntry[];
  /** The bytes of each variable; views of the files. */
  readonly values: ReadonlyMap<string, Uint8Array>;
}

/** By `TensorProto.DataType`: float32, float16, int8, and bytes of two integers. */
const packings: { readonly [type: number]: Packing | undefined } = {
  1: undefined,
  10: "float16",
  3: "int8",
  2: "int4",
};

/** @throws Error that says, as half a sentence, why the file cannot be taken. */
export function readNetwork(files: readonly Uint8Array[], model: BundleModel): StoredNetwork {
  const { metadata, tensors } = readOnnx(files[0]!);
  const text = metadata.get("graph");
  if (text === undefined) throw new Error("the model's file holds no graph for kernels");
  const graph = JSON.parse(text) as Graph<number>;
  const named = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const folder = folderOf(model.files[0]!);
  const contents = new Map(model.files.map(({ path }, index) => [path, files[index]!]));
  const variables: VariableEntry[] = [];
  const values = new Map<string, Uint8Array>();
  const add = (name: string, shape: readonly number[]) => {
    const tensor = named.get(name);
    if (tensor === undefined || !(tensor.type in packings))
      throw new Error(`the model's file holds '${name}' in no form that kernels read`);
    const packing = packings[tensor.type];
    variables.push([name, shape, packing]);
    values.set(
      name,
      bytesOf(tensor, (location) => contents.get(folder + location)!),
    );
    return packing;
  };
  for (const { name, value } of graph.variables) {
    const { shape } = graph.types[value]!;
    const packing = add(name, shape);
    if (packing !== "int8" && packing !== "int4") continue;
    const [height, ...rest] = shape;
    add(`${name}/rows`, [height!]);
    add(`${name}/columns`, [rest.reduce((product, length) => product * length, 1)]);
  }
  return { graph, variables, values };
}

function bytesOf(tensor: OnnxTensor, contents: (location: string) => Uint8Array): Uint8Array {
  const place = externalPlace(tensor);
  return place ? contents(place.location).subarray(place.start, place.end) : tensor.bytes;
}
