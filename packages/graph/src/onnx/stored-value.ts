// How a variable's value lies in the model: as it is, or in fewer bits and computed back by Cast and Mul.
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
   * In row-major order. Two int4 share a byte: the lower halves of all bytes hold the first half of the integers,
   * the upper halves the second, in two's complement.
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
  const ofColumns = factor(
    "columns",
    [1, ...rest],
    type === "int8" ? columns : columns.map((scale) => scale / 16),
  );
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
 * 16 × the integers as int8: a half byte in the upper half of its byte has its sign where int8 has it. ONNX has a
 * type for 4 bits, but onnxruntime-web's WebGPU build cannot cast it.
 */
function emitInt4(emit: OnnxEmitter, { name, shape }: Variable, packed: Int8Array): string {
  const bytes = emit.named({ name, type: "uint8", shape: [packed.length], data: packed });
  const lower = emit.node("BitShift", [bytes, emit.byte(4)], { direction: { string: "LEFT" } });
  const upper = emit.node("BitwiseAnd", [bytes, emit.byte(0xf0)]);
  const both = emit.node("Concat", [lower, upper], { axis: { int: 0 } });
  const odd = sizeOf(shape) % 2 === 1;
  const flat = odd ? emit.node("Slice", [both, emit.ints([0]), emit.ints([-1])]) : both;
  return cast(emit, emit.node("Reshape", [flat, emit.ints(shape)]), "int8");
}

const cast = (emit: OnnxEmitter, value: string, type: OnnxElementType): string =>
  emit.node("Cast", [value], { to: { int: onnxDataType(type) } });

function requireLength({ name }: Variable, length: number, expected: number): void {
  if (length === expected) return;
  const problem = `The value of '${name}' has ${length} elements instead of ${expected}.`;
  throw new FleuronError("graph-invalid", problem, { subject: name });
}
