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
export type Lowering<A extends Attributes> = (lowering: LoweringArguments<A>) => readonly LaidOut[];
