import type { Attributes, TensorType } from "../types.js";
import type { OnnxEmitter } from "./emitter.js";

/** A tensor on its way into ONNX: its name there, and its type here. */
export interface OnnxValue extends TensorType {
  readonly name: string;
  /** The parts of a matrix that is stored with fewer bits: value[i, j] = rows[0, i] × integers[i, j] × columns[0, j], by name. */
  readonly scaled?: { readonly integers: string; readonly rows: string; readonly columns: string };
}

export interface LoweringArguments<A extends Attributes> {
  readonly inputs: readonly OnnxValue[];
  readonly attributes: A;
  /** Types of the operation's outputs. */
  readonly outputs: readonly TensorType[];
  readonly emit: OnnxEmitter;
}

/** Writes one operation as ONNX nodes and returns the names of its outputs. */
export type Lowering<A extends Attributes> = (lowering: LoweringArguments<A>) => readonly string[];
