// What an ONNX file holds beside its computation: metadata, and where its numbers lie.
import { protobufFields } from "./protobuf.js";

export interface OnnxContents {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: readonly OnnxTensor[];
}

export interface OnnxTensor {
  /** "" for one that has none, such as a node's attribute. */
  readonly name: string;
  /** `TensorProto.DataType`: 1 is float32. */
  readonly type: number;
  /** Little-endian; empty where they lie in another file. */
  readonly bytes: Uint8Array;
  /** `location`, a path relative to the model's, `offset` and `length`: empty where all is in the model. */
  readonly external: ReadonlyMap<string, string>;
}

/** The fields of a message that lead to what is looked for, by their numbers in `onnx.proto`. */
interface Message {
  readonly [field: number]: Message | "tensor" | "metadata";
}

const sparseTensor: Message = { 1: "tensor", 2: "tensor" };
const attribute: Message = { 5: "tensor", 10: "tensor", 22: sparseTensor, 23: sparseTensor };
const node: Message = { 5: attribute };
const graph: Message = { 1: node, 5: "tensor", 15: sparseTensor };
// The branches of If and the bodies of loops are attributes.
Object.assign(attribute, { 6: graph, 11: graph });
const training: Message = { 1: graph, 2: graph };
const localFunction: Message = { 7: node, 11: attribute };
const model: Message = { 7: graph, 14: "metadata", 20: training, 25: localFunction };

/** @throws RangeError for bytes that are no ONNX file. */
export function readOnnx(bytes: Uint8Array): OnnxContents {
  const metadata = new Map<string, string>();
  const tensors: OnnxTensor[] = [];
  const open: [Message, Uint8Array][] = [[model, bytes]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [message, content] = next;
    for (const { number, value } of protobufFields(content)) {
      const kind = message[number];
      if (kind === undefined || typeof value === "number") continue;
      if (kind === "tensor") tensors.push(tensorOf(value));
      else if (kind === "metadata") metadata.set(...entryOf(value));
      else open.push([kind, value]);
    }
  }
  return { metadata, tensors };
}

/** The part of another file that a tensor's bytes are. */
export interface ExternalPlace {
  /** Relative to the model's folder. */
  readonly location: string;
  readonly start: number;
  /** Infinity where the tensor does not say. */
  readonly end: number;
}

/** Where a tensor's bytes are; undefined where they lie in the model. */
export function externalPlace({ external }: OnnxTensor): ExternalPlace | undefined {
  const location = external.get("location");
  if (location === undefined) return undefined;
  const start = Number(external.get("offset") ?? 0);
  return { location, start, end: start + Number(external.get("length") ?? Number.POSITIVE_INFINITY) };
}

function tensorOf(message: Uint8Array): OnnxTensor {
  let name = "";
  let type = 0;
  let bytes: Uint8Array = new Uint8Array();
  const external = new Map<string, string>();
  for (const { number, value } of protobufFields(message)) {
    if (typeof value === "number") type = number === 2 ? value : type;
    else if (number === 8) name = new TextDecoder().decode(value);
    // `float_data`, `raw_data`.
    else if (number === 4 || number === 9) bytes = value;
    else if (number === 13) external.set(...entryOf(value));
  }
  return { name, type, bytes, external };
}

function entryOf(message: Uint8Array): [key: string, value: string] {
  const strings = ["", "", ""];
  for (const { number, value } of protobufFields(message)) {
    if (typeof value !== "number") strings[number] = new TextDecoder().decode(value);
  }
  return [strings[1]!, strings[2]!];
}
