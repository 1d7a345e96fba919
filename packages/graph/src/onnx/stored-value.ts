// How a variable's value lies in the model: as it is, or in fewer bits and computed back by Cast and Mul.
import { FleuronError, sizeOf } from "@fleuron/model";
import type { Shape } from "../types.js";
import { onnxDataType } from "./data-type.js";
import type { OnnxEmitter } from "./emitter.js";
import type { OnnxValue } from "./lowering.js";

/** Seen as a matrix, value[i, j] = rows[i] × integers[i, j] × columns[j]; its rows are the first axis. */
export interface ScaledIntegers {
  readonly type: "int8" | "int4";
  /** In row-major order; two int4 share a byte, the first one in its lower half. */
  readonly integers: Int8Array | Uint8Array;
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

/**
 * Writes the value's initializers and the nodes that make it float32 again. onnxruntime computes Cast and Mul of
 * constants once, when it loads the model, so the model runs as fast as in float32. It does not do that with
 * DequantizeLinear, and has a kernel for MatMulNBits on some processors only (`pnpm bench inference`).
 */
export function emitStoredValue(emit: OnnxEmitter, variable: Variable, value: StoredValue): OnnxValue {
  const { name, shape } = variable;
  const stored = (result: string, rest: Pick<OnnxValue, "scaled"> = {}): OnnxValue => ({
    name: result,
    dtype: "float32",
    shape,
    ...rest,
  });
  const toFloat32 = (initializer: string) =>
    emit.node("Cast", [initializer], { to: { int: onnxDataType("float32") } });
  if (value instanceof Float32Array) {
    requireLength(variable, value.length, sizeOf(shape));
    return stored(emit.named({ name, type: "float32", shape, data: value }));
  }
  emit.enter(name);
  if (value.type === "float16") {
    requireLength(variable, value.halves.length, sizeOf(shape));
    return stored(toFloat32(emit.named({ name, type: "float16", shape, data: value.halves })));
  }
  const { type, integers, rows, columns } = value;
  requireLength(variable, integers.length, Math.ceil(sizeOf(shape) / (type === "int4" ? 2 : 1)));
  requireLength(variable, rows.length * columns.length, sizeOf(shape));
  const whole = toFloat32(emit.named({ name, type, shape, data: integers }));
  const factor = (kind: "rows" | "columns", factorShape: Shape) =>
    emit.named({
      name: `${name}/${kind}`,
      type: "float32",
      shape: factorShape as readonly number[],
      data: value[kind],
    });
  const rest = shape.slice(1);
  if (shape.length === 2) {
    const scaled = {
      integers: whole,
      rows: factor("rows", [1, shape[0]]),
      columns: factor("columns", [1, shape[1]]),
    };
    const byRows = emit.node("Mul", [whole, emit.node("Reshape", [scaled.rows, emit.ints([-1, 1])])]);
    return stored(emit.node("Mul", [byRows, scaled.columns]), { scaled });
  }
  const byRows = emit.node("Mul", [whole, factor("rows", [shape[0], ...rest.map(() => 1)])]);
  return stored(emit.node("Mul", [byRows, factor("columns", [1, ...rest])]));
}

function requireLength({ name }: Variable, length: number, expected: number): void {
  if (length === expected) return;
  const problem = `The value of '${name}' has ${length} elements instead of ${expected}.`;
  throw new FleuronError("graph-invalid", problem, { subject: name });
}
