import type { Attributes, TensorType } from "../types.js";
import type { TensorflowEmitter } from "./emitter.js";
import type { LaidOut, TensorflowValue } from "./value.js";

export interface LoweringArguments<A extends Attributes> {
  readonly inputs: readonly TensorflowValue[];
  readonly attributes: A;
  /** Types of the operation's outputs. */
  readonly outputs: readonly TensorType[];
  readonly emit: TensorflowEmitter;
}

/** Writes one operation as TensorFlow nodes and returns its outputs. */
export interface Lowering<A extends Attributes> {
  (lowering: LoweringArguments<A>): readonly LaidOut[];
  /** Whether tfjs's graph models lack what it writes, as it is for training. */
  readonly trainingOnly?: boolean;
}

export const forTraining = <A extends Attributes>(lowering: Lowering<A>): Lowering<A> =>
  Object.assign(lowering, { trainingOnly: true });
