/** Small files in memory, whole. */
import { tensorByteLength } from "./dtype.js";
import { encodeSafetensorsHeader, type SafetensorsEntry, unwritable } from "./encode-header.js";
import { parseSafetensorsHeader, type SafetensorsTensor } from "./parse-header.js";

export interface SafetensorsEntryWithData extends SafetensorsEntry {
  /** C-contiguous and little-endian (as typed arrays are wherever JavaScript runs). */
  readonly data: ArrayBufferView;
}

export interface SafetensorsTensorWithData extends SafetensorsTensor {
  /** A view of the file's bytes; it need not be aligned, see {@link float32Values}. */
  readonly data: Uint8Array;
}

export interface DecodedSafetensors {
  readonly tensors: ReadonlyMap<string, SafetensorsTensorWithData>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A whole safetensors file.
 * @throws FleuronError `safetensors-invalid`, also when data and shape do not agree.
 */
export function encodeSafetensors(
  tensors: readonly SafetensorsEntryWithData[],
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header = encodeSafetensorsHeader(tensors, metadata);
  const dataBytes = tensors.reduce((sum, { data }) => sum + data.byteLength, 0);
  const file = new Uint8Array(header.length + dataBytes);
  file.set(header);
  let position = header.length;
  for (const { name, dtype, shape, data } of tensors) {
    const expected = tensorByteLength(dtype, shape);
    if (data.byteLength !== expected) {
      throw unwritable(
        name,
        `its data has ${data.byteLength} bytes where ${dtype} [${shape.join(", ")}] takes ${expected}`,
      );
    }
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
}

/**
 * Reads a whole safetensors file; the tensors' data are views of `bytes`.
 * @throws FleuronError `safetensors-truncated`, `safetensors-invalid`.
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  source: { readonly file?: string } = {},
): DecodedSafetensors {
  const header = parseSafetensorsHeader(bytes, { ...source, fileLength: bytes.length });
  const tensors = new Map<string, SafetensorsTensorWithData>();
  for (const [name, tensor] of header.tensors) {
    const data = bytes.subarray(header.dataOffset + tensor.begin, header.dataOffset + tensor.end);
    tensors.set(name, { ...tensor, data });
  }
  return { tensors, metadata: header.metadata };
}

/** The numbers of `F32` data: a view where the bytes are aligned, else a copy. */
export function float32Values(data: Uint8Array): Float32Array {
  const bytes = data.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0 ? data : new Uint8Array(data);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
}
