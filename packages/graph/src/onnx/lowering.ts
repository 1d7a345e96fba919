import type { Attributes, Dimension, TensorType } from "../types.js";
import type { OnnxEmitter } from "./emitter.js";

/** A tensor on its way into ONNX: its name there, and its type here. */
export interface OnnxValue<D extends Dimension = Dimension> extends TensorType<D> {
  readonly name: string;
  /** The parts of a matrix that is stored with fewer bits: value[i, j] = rows[0, i] × integers[i, j] × columns[0, j], by name. */
  readonly scaled?: { readonly integers: string; readonly rows: string; readonly columns: string };
}

export interface LoweringArguments<A extends Attributes, D extends Dimension> {
  readonly inputs: readonly OnnxValue<D>[];
  readonly attributes: A;
  /** Types of the operation's outputs. */
  readonly outputs: readonly TensorType<D>[];
  readonly emit: OnnxEmitter;
}

/** Writes one operation as ONNX nodes and returns the names of its outputs; a `Lowering<A, number>` needs known lengths. */
export type Lowering<A extends Attributes, D extends Dimension = Dimension> = (
  lowering: LoweringArguments<A, D>,
) => readonly string[];
