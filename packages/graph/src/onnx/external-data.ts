// Large initializers in a file of their own (ONNX external data): a program that loads the model maps or streams them.
import { bytesOf } from "./bytes.js";
import type { OnnxConstant } from "./emitter.js";

/** Where an initializer's values lie. */
export interface ExternalPlace {
  /** Relative to the model's file. */
  readonly file: string;
  /** In bytes, from the file's start. */
  readonly offset: number;
  readonly length: number;
}

export interface ExternalData {
  readonly places: ReadonlyMap<string, ExternalPlace>;
  /** The file's content: the initializers' own memory, and zeros between them. */
  readonly parts: readonly Uint8Array[];
}

/** Shorter ones stay in the model, where shape inference can read them; as the onnx package has it. */
const shortest = 1024;
/** Offsets are multiples of a memory page, so that the file can be mapped (ONNX IR, "External Tensor Data"). */
const alignment = 4096;

export function layOutExternalData(constants: readonly OnnxConstant[], file: string): ExternalData {
  const places = new Map<string, ExternalPlace>();
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const { name, data } of constants) {
    if (data.byteLength < shortest) continue;
    const offset = Math.ceil(end / alignment) * alignment;
    if (offset > end) parts.push(new Uint8Array(offset - end));
    parts.push(bytesOf(data));
    places.set(name, { file, offset, length: data.byteLength });
    end = offset + data.byteLength;
  }
  return { places, parts };
}
