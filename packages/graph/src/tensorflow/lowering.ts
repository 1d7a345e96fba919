import type { ForEach, Ranks, TensorTypes } from "../operation.js";
import type { AttributesOf, InputRanks, OperationName, OutputRanks } from "../operations/index.js";
import type { Attributes, Dimension, Shape } from "../types.js";
import type { TensorflowEmitter } from "./emitter.js";
import type { LaidOut, TensorflowValue } from "./value.js";

interface LoweringArguments<A extends Attributes, Inputs extends Ranks, Outputs extends Ranks> {
  readonly inputs: { readonly [Index in keyof Inputs]: TensorflowValue<Shape<Dimension, Inputs[Index]>> };
  readonly attributes: A;
  /** Types of the operation's outputs. */
  readonly outputs: TensorTypes<Outputs>;
  readonly emit: TensorflowEmitter;
}

interface Trait {
  /** Whether tfjs's graph models lack what it writes, as it is for training. */
  readonly trainingOnly?: boolean;
}

/** Writes the operation of that name as TensorFlow nodes and returns its outputs. */
export interface Lowering<Name extends OperationName> extends Trait {
  (
    lowering: LoweringArguments<AttributesOf<Name>, InputRanks<Name>, OutputRanks<Name>>,
  ): ForEach<OutputRanks<Name>, LaidOut>;
}

/** The lowering of an operation whose name is known when the graph is read. */
export interface AnyLowering extends Trait {
  (lowering: LoweringArguments<Attributes, Ranks, Ranks>): readonly LaidOut[];
}

export const forTraining = <Name extends OperationName>(lowering: Lowering<Name>): Lowering<Name> =>
  Object.assign(lowering, { trainingOnly: true });
