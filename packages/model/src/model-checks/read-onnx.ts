// What an ONNX file says about itself beside its computation, without decoding the rest.
import { protobufFields } from "./protobuf.js";

export interface OnnxDescription {
  readonly metadata: ReadonlyMap<string, string>;
  /** The other files that it takes values from, relative to itself. */
  readonly externalFiles: ReadonlySet<string>;
}

/** The fields of a message that lead to what is looked for, by their numbers in `onnx.proto`. */
interface Message {
  readonly [field: number]: Message | "metadata" | "external data";
}

const tensor: Message = { 13: "external data" };
const sparseTensor: Message = { 1: tensor, 2: tensor };
const attribute = { 5: tensor, 10: tensor, 22: sparseTensor, 23: sparseTensor };
const node: Message = { 5: attribute };
const graph: Message = { 1: node, 5: tensor, 15: sparseTensor };
// The branches of If and the bodies of loops are attributes.
Object.assign(attribute, { 6: graph, 11: graph });
const training: Message = { 1: graph, 2: graph };
const localFunction: Message = { 7: node, 11: attribute };
const model: Message = { 7: graph, 14: "metadata", 20: training, 25: localFunction };

/** @throws RangeError for bytes that are no ONNX file. */
export function readOnnx(bytes: Uint8Array): OnnxDescription {
  const metadata = new Map<string, string>();
  const externalFiles = new Set<string>();
  const open: [Message, Uint8Array][] = [[model, bytes]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [message, content] = next;
    for (const { number, bytes } of protobufFields(content)) {
      const kind = message[number];
      if (typeof kind === "object") open.push([kind, bytes]);
      else if (kind !== undefined) {
        const [key, value] = entryOf(bytes);
        if (kind === "metadata") metadata.set(key, value);
        else if (key === "location") externalFiles.add(value);
      }
    }
  }
  return { metadata, externalFiles };
}

function entryOf(bytes: Uint8Array): readonly [key: string, value: string] {
  const strings = ["", "", ""];
  for (const field of protobufFields(bytes)) strings[field.number] = new TextDecoder().decode(field.bytes);
  return [strings[1], strings[2]];
}
