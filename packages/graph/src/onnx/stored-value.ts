// How a variable's value lies in the model: as it is, or in fewer bits and computed back by Gather, Cast and Mul.
//
// onnxruntime computes what depends on constants alone once, when it loads the model, so the model then runs as in
// float32. It does not do that with DequantizeLinear, and multiplies with MatMulNBits fast on some processors only
// (`pnpm bench inference --kernels`).
import { FleuronError, sizeOf } from "@fleuron/model";
import { type OnnxElementType, onnxDataType } from "./data-type.js";
import type { OnnxEmitter } from "./emitter.js";
import type { OnnxValue } from "./lowering.js";

/** Seen as a matrix, value[i, j] = rows[i] × integers[i, j] × columns[j]; its rows are the first axis. */
export interface ScaledIntegers {
  readonly type: "int8" | "int4";
  /**
   * In row-major order. Two int4 share a byte, in two's complement: the first is its lower half.
   */
  readonly integers: Int8Array;
  readonly rows: Float32Array;
  readonly columns: Float32Array;
}

/** IEEE 754 half precision as its bits. */
export interface HalfPrecision {
  readonly type: "float16";
  readonly halves: Uint16Array;
}

export type StoredValue = Float32Array | HalfPrecision | ScaledIntegers;

interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Writes the value's initializers, and the nodes that make it float32 again. */
export function emitStoredValue(emit: OnnxEmitter, variable: Variable, value: StoredValue): OnnxValue {
  const { name, shape } = variable;
  if (value instanceof Float32Array) {
    requireLength(variable, value.length, sizeOf(shape));
    return { name: emit.named({ name, type: "float32", shape, data: value }), dtype: "float32", shape };
  }
  emit.enter(name);
  if (value.type !== "float16") return emitScaled(emit, variable, value);
  requireLength(variable, value.halves.length, sizeOf(shape));
  const halves = emit.named({ name, type: "float16", shape, data: value.halves });
  return { name: cast(emit, halves, "float32"), dtype: "float32", shape };
}

/** An initializer whose values lie in a file that is there already. */
export function emitPlaced(emit: OnnxEmitter, { name, shape }: Variable): OnnxValue {
  return {
    name: emit.named({ name, type: "float32", shape, data: new Uint8Array() }),
    dtype: "float32",
    shape,
  };
}

function emitScaled(emit: OnnxEmitter, variable: Variable, value: ScaledIntegers): OnnxValue {
  const { name, shape } = variable;
  const { type, integers, rows, columns } = value;
  requireLength(variable, integers.length, Math.ceil(sizeOf(shape) / (type === "int4" ? 2 : 1)));
  requireLength(variable, rows.length * columns.length, sizeOf(shape));
  const factor = (kind: string, factorShape: readonly number[], data: Float32Array) =>
    emit.named({ name: `${name}/${kind}`, type: "float32", shape: factorShape, data });
  const multiply = (a: string, b: string) => emit.node("Mul", [a, b]);

  const whole =
    type === "int8" ? emit.named({ name, type, shape, data: integers }) : emitInt4(emit, variable, integers);
  const float32 = cast(emit, whole, "float32");
  const [height, ...rest] = shape as readonly [number, ...number[]];
  const ofColumns = factor("columns", [1, ...rest], columns);
  if (shape.length !== 2) {
    const ofRows = factor("rows", [height, ...rest.map(() => 1)], rows);
    return { name: multiply(multiply(float32, ofRows), ofColumns), dtype: "float32", shape };
  }
  const ofRows = factor("rows", [1, height], rows);
  const byRows = multiply(float32, emit.node("Reshape", [ofRows, emit.ints([-1, 1])]));
  const scaled = { integers: float32, rows: ofRows, columns: ofColumns };
  return { name: multiply(byRows, ofColumns), dtype: "float32", shape, scaled };
}

/**
 * Each byte is looked up in the table of the pairs that it may stand for. Shifts and casts that wrap around would do,
 * but OpenVINO and OpenCV saturate there, and rten has no operators on bits; onnxruntime-web's WebGPU build cannot
 * cast ONNX's own type of 4 bits. The table is int8, as float32 takes longer to load, and so do bytes of int8 and two axes,
 * which OpenCV 4 would want.
 */
function emitInt4(emit: OnnxEmitter, { name, shape }: Variable, packed: Int8Array): string {
  const bytes = emit.named({ name, type: "uint8", shape: [packed.length], data: packed });
  const pairs = emit.node("Gather", [emit.bytes(pairOfByte, [256, 2]), cast(emit, bytes, "int32")]);
  if (sizeOf(shape) % 2 === 0) return emit.node("Reshape", [pairs, emit.ints(shape)]);
  const flat = emit.node("Slice", [
    emit.node("Reshape", [pairs, emit.ints([-1])]),
    emit.ints([0]),
    emit.ints([-1]),
  ]);
  return emit.node("Reshape", [flat, emit.ints(shape)]);
}

/** The integers in the lower and in the upper half of each byte: −8…7 in two's complement. */
const pairOfByte = Int8Array.from({ length: 512 }, (_, at) => {
  const half = (at >> (at % 2 === 0 ? 1 : 5)) & 15;
  return half < 8 ? half : half - 16;
});

const cast = (emit: OnnxEmitter, value: string, type: OnnxElementType): string =>
  emit.node("Cast", [value], { to: { int: onnxDataType(type) } });

function requireLength({ name }: Variable, length: number, expected: number): void {
  if (length === expected) return;
  const problem = `The value of '${name}' has ${length} elements instead of ${expected}.`;
  throw new FleuronError("graph-invalid", problem, { subject: name });
}
