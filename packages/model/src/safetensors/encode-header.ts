import { FleuronError } from "../errors.js";
import { type SafetensorsDtype, tensorByteLength } from "./dtype.js";
import type { SafetensorsErrorCode } from "./errors.js";
import { METADATA_KEY, PREFIX_BYTES } from "./layout.js";

export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
}

const ALIGNMENT = 8;

/**
 * The head of a safetensors file: 8 bytes of little-endian length and JSON, padded with spaces so that the
 * data after it starts at a multiple of 8. The data that follows are the tensors in the given order, each
 * C-contiguous and little-endian, without gaps. Equal arguments give equal bytes.
 * @param least the bytes that it has at least, for data that are written before all of the metadata is known.
 * @throws FleuronError `safetensors-invalid` for a name that is given twice or is `__metadata__`, and for a
 * shape that is not one.
 */
export function encodeSafetensorsHeader(
  tensors: readonly SafetensorsEntry[],
  metadata?: Readonly<Record<string, string>>,
  least = 0,
): Uint8Array<ArrayBuffer> {
  const parts = metadata === undefined ? [] : [`"${METADATA_KEY}":${JSON.stringify(metadata)}`];
  const names = new Set([METADATA_KEY]);
  let begin = 0;
  for (const { name, dtype, shape } of tensors) {
    if (names.has(name)) throw unwritable(name, `the name '${name}' is taken`);
    names.add(name);
    const end = begin + tensorByteLength(dtype, shape);
    if (
      !shape.every((dimension) => Number.isInteger(dimension) && dimension >= 0) ||
      !Number.isSafeInteger(end)
    ) {
      throw unwritable(name, `[${shape.join(", ")}] is not a shape`);
    }
    parts.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`);
    begin = end;
  }
  const json = new TextEncoder().encode(`{${parts.join(",")}}`);
  const bytes = Math.max(least, PREFIX_BYTES + json.length);
  const header = new Uint8Array(Math.ceil(bytes / ALIGNMENT) * ALIGNMENT).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - PREFIX_BYTES), true);
  header.set(json, PREFIX_BYTES);
  return header;
}

export function unwritable(name: string, problem: string): FleuronError<SafetensorsErrorCode> {
  return new FleuronError("safetensors-invalid", `Tensor '${name}' cannot be written: ${problem}.`, {
    subject: name,
  });
}
