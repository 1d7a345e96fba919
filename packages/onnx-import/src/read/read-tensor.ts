// A tensor's numbers, whatever they are stored in.
import { type TensorProto, TensorProto_DataLocation, TensorProto_DataType } from "@fleuron/graph/onnx/schema";
import { sizeOf } from "@fleuron/model";
import { importError } from "../errors.js";

export type ElementKind = "float" | "int" | "bool";

export interface StoredTensor {
  readonly kind: ElementKind;
  readonly shape: readonly number[];
  /** For "float" a Float32Array, in the file's own memory where that is aligned. */
  readonly data: ArrayLike<number>;
}

/** The bytes of a file beside the model, by its path relative to it; undefined where there is none. */
export type ExternalFiles = (path: string) => Uint8Array | undefined;

interface ElementType {
  readonly kind: ElementKind;
  /** In bytes. */
  readonly width: number;
  read(view: DataView, offset: number): number;
  /** Where they lie that are not raw. */
  typed(proto: TensorProto): ArrayLike<number | bigint>;
}

const types: { readonly [type: number]: ElementType } = {
  [TensorProto_DataType.FLOAT]: float(
    4,
    (view, at) => view.getFloat32(at, true),
    ({ floatData }) => floatData,
  ),
  [TensorProto_DataType.DOUBLE]: float(
    8,
    (view, at) => view.getFloat64(at, true),
    ({ doubleData }) => doubleData,
  ),
  [TensorProto_DataType.FLOAT16]: float(
    2,
    (view, at) => halfToNumber(view.getUint16(at, true)),
    ({ int32Data }) => int32Data.map(halfToNumber),
  ),
  [TensorProto_DataType.BFLOAT16]: float(
    2,
    (view, at) => brainToNumber(view.getUint16(at, true)),
    ({ int32Data }) => int32Data.map(brainToNumber),
  ),
  [TensorProto_DataType.INT64]: int(
    8,
    (view, at) => fromLong(view.getBigInt64(at, true)),
    ({ int64Data }) => int64Data,
  ),
  [TensorProto_DataType.UINT64]: int(
    8,
    (view, at) => fromLong(view.getBigUint64(at, true)),
    ({ uint64Data }) => uint64Data,
  ),
  [TensorProto_DataType.INT32]: int(
    4,
    (view, at) => view.getInt32(at, true),
    ({ int32Data }) => int32Data,
  ),
  [TensorProto_DataType.UINT32]: int(
    4,
    (view, at) => view.getUint32(at, true),
    ({ uint64Data }) => uint64Data,
  ),
  [TensorProto_DataType.INT16]: int(
    2,
    (view, at) => view.getInt16(at, true),
    ({ int32Data }) => int32Data,
  ),
  [TensorProto_DataType.UINT16]: int(
    2,
    (view, at) => view.getUint16(at, true),
    ({ int32Data }) => int32Data,
  ),
  [TensorProto_DataType.INT8]: int(
    1,
    (view, at) => view.getInt8(at),
    ({ int32Data }) => int32Data,
  ),
  [TensorProto_DataType.UINT8]: int(
    1,
    (view, at) => view.getUint8(at),
    ({ int32Data }) => int32Data,
  ),
  [TensorProto_DataType.BOOL]: {
    ...int(
      1,
      (view, at) => view.getUint8(at),
      ({ int32Data }) => int32Data,
    ),
    kind: "bool",
  },
};

/** No axis of a weight is longer. */
const LONGEST = 2 ** 31;

/** What numbers of an element type are here; undefined for text, complex numbers and those below 8 bits. */
export const elementKind = (type: number): ElementKind | undefined => types[type]?.kind;

/** @throws FleuronError "onnx-invalid", "onnx-unsupported", "onnx-external-data". */
export function readTensor(proto: TensorProto, external: ExternalFiles): StoredTensor {
  const shape = proto.dims.map(Number);
  const count = sizeOf(shape);
  const type = types[proto.dataType];
  const invalid = (problem: string) =>
    importError("onnx-invalid", `The tensor '${proto.name}' ${problem}.`, { subject: proto.name });
  if (shape.some((length) => length < 0 || length > LONGEST) || !Number.isSafeInteger(count))
    throw invalid(`has the shape [${shape.join(", ")}]`);
  if (type === undefined) {
    const name = TensorProto_DataType[proto.dataType] ?? proto.dataType;
    throw importError("onnx-unsupported", `The tensor '${proto.name}' holds elements of type ${name}.`, {
      subject: proto.name,
      hint: "Export the network in float32.",
    });
  }
  const bytes =
    proto.dataLocation === TensorProto_DataLocation.EXTERNAL
      ? externalBytes(proto, count * type.width, external)
      : proto.rawData;
  if (bytes.length === 0 && count > 0) {
    const typed = type.typed(proto);
    if (typed.length !== count) throw invalid(`has ${typed.length} elements instead of ${count}`);
    const numbers = Array.from(typed, (value) => (typeof value === "bigint" ? fromLong(value) : value));
    return { kind: type.kind, shape, data: type.kind === "float" ? Float32Array.from(numbers) : numbers };
  }
  if (bytes.length !== count * type.width)
    throw invalid(`has ${bytes.length} bytes instead of ${count * type.width}`);
  return { kind: type.kind, shape, data: numbersOf(bytes, count, type, proto.dataType) };
}

function numbersOf(bytes: Uint8Array, count: number, type: ElementType, dataType: number): ArrayLike<number> {
  if (dataType === TensorProto_DataType.FLOAT) {
    const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
    return new Float32Array(aligned.buffer, aligned.byteOffset, count);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = (_: unknown, index: number) => type.read(view, index * type.width);
  return type.kind === "float"
    ? Float32Array.from({ length: count }, read)
    : Array.from({ length: count }, read);
}

function externalBytes(proto: TensorProto, length: number, external: ExternalFiles): Uint8Array {
  const entry = (key: string) => proto.externalData.find((each) => each.key === key)?.value;
  const path = entry("location") ?? "";
  const failed = (problem: string, hint: string) =>
    importError("onnx-external-data", `The tensor '${proto.name}' lies in '${path}', which ${problem}.`, {
      subject: path,
      hint,
    });
  if (path === "" || /^([/\\]|[a-z]:)/i.test(path) || path.split(/[/\\]/).includes(".."))
    throw failed("is not in the model's folder", "Write the model and its data into one folder.");
  const file = external(path);
  if (file === undefined) throw failed("is not there", "Put it beside the model: it belongs to it.");
  const offset = Number(entry("offset") ?? 0);
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw failed(`cannot be read from byte '${entry("offset")}' on`, "Export the model again.");
  if (offset + length > file.length)
    throw failed(`has ${file.length} bytes and should have ${offset + length}`, "Copy it again: it was cut.");
  return file.subarray(offset, offset + length);
}

function float(width: number, read: ElementType["read"], typed: ElementType["typed"]): ElementType {
  return { kind: "float", width, read, typed };
}

function int(width: number, read: ElementType["read"], typed: ElementType["typed"]): ElementType {
  return { kind: "int", width, read, typed };
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);
const fromLong = (value: bigint): number =>
  Number(value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value);

/** IEEE 754 half precision. */
function halfToNumber(half: number): number {
  const [sign, exponent, fraction] = [half & 0x8000 ? -1 : 1, (half >> 10) & 31, half & 0x3ff];
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? (sign * fraction) / 2 ** 24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
const brainToNumber = (bits: number): number => new Float32Array(Uint32Array.of(bits << 16).buffer)[0]!;
