/** Reads and validates the head of a safetensors file; the data stays where it is. */
import * as v from "valibot";
import { checked } from "../checked/index.js";
import { SAFETENSORS_DTYPE_BYTES, type SafetensorsDtype, tensorByteLength } from "./dtype.js";
import { safetensorsError } from "./errors.js";
import { countMembers } from "./json-members.js";
import { MAXIMUM_HEADER_BYTES, METADATA_KEY, PREFIX_BYTES } from "./layout.js";

export interface SafetensorsTensor {
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** First byte of the data, counted from `dataOffset`. */
  readonly begin: number;
  /** The byte after the last, counted from `dataOffset`. */
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the data begins in the file, in bytes. */
  readonly dataOffset: number;
}

export interface SafetensorsSource {
  /** The file's name, for error messages. */
  readonly file?: string;
  /** The whole file's length in bytes; when given, the data must end exactly there. */
  readonly fileLength?: number;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const tensorSchema = v.object({
  dtype: v.picklist(Object.keys(SAFETENSORS_DTYPE_BYTES) as SafetensorsDtype[]),
  shape: v.array(count),
  data_offsets: v.strictTuple([count, count]),
});
const metadataSchema = v.record(v.string(), v.string());

/**
 * Where the data begins, from a file's first 8 bytes: so many bytes must be read to parse the header.
 * @throws FleuronError `safetensors-truncated`, `safetensors-invalid` (a header above 100 MB).
 */
export function safetensorsDataOffset(bytes: Uint8Array, source: SafetensorsSource = {}): number {
  if (bytes.length < PREFIX_BYTES) {
    throw safetensorsError(
      "safetensors-truncated",
      source.file,
      `has ${bytes.length} bytes, too few for a header`,
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > MAXIMUM_HEADER_BYTES) {
    throw safetensorsError("safetensors-invalid", source.file, `claims a header of ${length} bytes`);
  }
  return PREFIX_BYTES + Number(length);
}

/**
 * Parses the head of a file from `bytes`, its beginning (at least {@link safetensorsDataOffset} bytes).
 * Validated as the format demands: header of at most 100 MB, JSON object, names given once, sizes that match
 * dtype and shape, data without gaps and overlaps from 0 to the end of the file.
 * @throws FleuronError `safetensors-truncated`, `safetensors-invalid`.
 */
export function parseSafetensorsHeader(bytes: Uint8Array, source: SafetensorsSource = {}): SafetensorsHeader {
  const dataOffset = safetensorsDataOffset(bytes, source);
  if (bytes.length < dataOffset) {
    const problem = `its header has ${dataOffset} bytes but there are ${bytes.length}`;
    throw safetensorsError("safetensors-truncated", source.file, problem);
  }
  const members = parseObject(bytes.subarray(PREFIX_BYTES, dataOffset), source);
  let metadata: Record<string, string> = {};
  const tensors: [string, SafetensorsTensor][] = [];
  for (const [name, value] of members) {
    if (name === METADATA_KEY) metadata = validate(metadataSchema, value, "its metadata", source);
    else tensors.push([name, toTensor(name, value, source)]);
  }
  tensors.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  requireContiguous(tensors, dataOffset, source);
  return { tensors: new Map(tensors), metadata, dataOffset };
}

function parseObject(bytes: Uint8Array, source: SafetensorsSource): [string, unknown][] {
  let value: unknown;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw safetensorsError("safetensors-invalid", source.file, "its header is not JSON in UTF-8", cause);
  }
  if (!text.startsWith("{") || !isObject(value)) {
    throw safetensorsError("safetensors-invalid", source.file, "its header does not start with {");
  }
  const members = Object.entries(value);
  const inner = members.map(([, entry]) => (isObject(entry) ? Object.keys(entry).length : 0));
  if (inner.reduce((sum, count) => sum + count, members.length) !== countMembers(text)) {
    throw safetensorsError("safetensors-invalid", source.file, "its header gives a name twice");
  }
  return members;
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function validate<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
  what: string,
  source: SafetensorsSource,
): T {
  const result = checked(schema, value);
  if ("value" in result) return result.value;
  throw safetensorsError("safetensors-invalid", source.file, `${what} is malformed: ${result.problem}`);
}

function toTensor(name: string, value: unknown, source: SafetensorsSource): SafetensorsTensor {
  const { dtype, shape, data_offsets } = validate(tensorSchema, value, `tensor '${name}'`, source);
  const [begin, end] = data_offsets;
  const expected = tensorByteLength(dtype, shape);
  if (end - begin !== expected) {
    const problem = `tensor '${name}' has ${end - begin} bytes where ${dtype} [${shape.join(", ")}] takes ${expected}`;
    throw safetensorsError("safetensors-invalid", source.file, problem);
  }
  return { dtype, shape, begin, end };
}

function requireContiguous(
  ordered: readonly (readonly [name: string, tensor: SafetensorsTensor])[],
  dataOffset: number,
  source: SafetensorsSource,
): void {
  let position = 0;
  for (const [name, { begin, end }] of ordered) {
    if (begin !== position) {
      const problem = `the data of tensor '${name}' begins at ${begin} where ${position} is due`;
      throw safetensorsError("safetensors-invalid", source.file, problem);
    }
    position = end;
  }
  const length = dataOffset + position;
  if (source.fileLength === undefined || source.fileLength === length) return;
  const code = source.fileLength < length ? "safetensors-truncated" : "safetensors-invalid";
  throw safetensorsError(code, source.file, `has ${source.fileLength} bytes where its header says ${length}`);
}
