import type { ForEach, Ranks, TensorTypes } from "../operation.js";
import type { AttributesOf, InputRanks, OperationName, OutputRanks } from "../operations/index.js";
import type { Attributes, Dimension, Shape, TensorType } from "../types.js";
import type { OnnxEmitter } from "./emitter.js";

/** A tensor on its way into ONNX: its name there, and its type here. */
export interface OnnxValue<D extends Dimension = Dimension, S extends Shape<D> = Shape<D>>
  extends TensorType<D, S> {
  readonly name: string;
  /** The parts of a matrix that is stored with fewer bits: value[i, j] = rows[0, i] × integers[i, j] × columns[0, j], by name. */
  readonly scaled?: { readonly integers: string; readonly rows: string; readonly columns: string };
}

interface LoweringArguments<
  A extends Attributes,
  Inputs extends Ranks,
  Outputs extends Ranks,
  D extends Dimension,
> {
  readonly inputs: { readonly [Index in keyof Inputs]: OnnxValue<D, Shape<D, Inputs[Index]>> };
  readonly attributes: A;
  /** Types of the operation's outputs. */
  readonly outputs: TensorTypes<Outputs, D>;
  readonly emit: OnnxEmitter;
}

/** Writes the operation of that name as ONNX nodes and returns the names of its outputs; a `Lowering<…, number>` needs known lengths. */
export type Lowering<Name extends OperationName, D extends Dimension = Dimension> = (
  lowering: LoweringArguments<AttributesOf<Name>, InputRanks<Name>, OutputRanks<Name>, D>,
) => ForEach<OutputRanks<Name>, string>;

/** The lowering of an operation whose name is known when the graph is read. */
export type AnyLowering<D extends Dimension> = (
  lowering: LoweringArguments<Attributes, Ranks, Ranks, D>,
) => readonly string[];
