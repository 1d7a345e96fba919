// What an operation is: its shapes, its derivative and its meaning, side by side in one file each. And what it is
// applied to: a tensor of a graph that is being built.

import type { ReferenceTensor } from "./interpreter/reference-tensor.js";
import type { Attributes, TensorType, ValueId } from "./types.js";

/** What an operation sees of the graph that is being built. */
export interface NodeBuilder {
  /** Applies an operation; the same operation on the same tensors gives the same result, not a second node. */
  apply<A extends Attributes>(
    operation: Operation<A>,
    inputs: readonly Tensor[],
    attributes: A,
  ): readonly Tensor[];
}

/** A tensor of a graph that is being built. Operations are functions from tensors to tensors. */
export interface Tensor extends TensorType {
  readonly builder: NodeBuilder;
  readonly id: ValueId;
}

/** Says that no derivative is defined, and why. */
export interface NotDifferentiable {
  readonly notDifferentiable: string;
}

export const notDifferentiable = (why: string): NotDifferentiable => ({ notDifferentiable: why });

export interface GradientContext<A extends Attributes> {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** ∂loss/∂output of each output; undefined where the loss does not depend on it. */
  readonly outputGradients: readonly (Tensor | undefined)[];
  readonly attributes: A;
}

/**
 * From ∂loss/∂outputs to ∂loss/∂inputs, one entry per input: a tensor, undefined for a derivative that is
 * zero everywhere, or why there is none. Entries that nothing asks for are removed as dead nodes.
 */
export type GradientRule<A extends Attributes> = (
  context: GradientContext<A>,
) => readonly (Tensor | undefined | NotDifferentiable)[];

export interface Operation<A extends Attributes = Attributes> {
  readonly name: string;
  /** Types of the outputs. Throws "graph-shape", naming the operation and the shapes. */
  infer(inputs: readonly TensorType[], attributes: A): readonly TensorType[];
  readonly gradient: GradientRule<A> | NotDifferentiable;
  /** The meaning, in float64, written to be read. Shapes are known and have passed `infer`. */
  evaluate(inputs: readonly ReferenceTensor[], attributes: A): readonly ReferenceTensor[];
}

/** Keeps an operation's attributes typed where it is written. */
export const defineOperation = <A extends Attributes>(operation: Operation<A>): Operation<A> => operation;

/** ∂loss/∂(first output), which must exist because the rule was called for it. */
export function firstGradient(context: {
  readonly outputGradients: readonly (Tensor | undefined)[];
}): Tensor {
  const [gradient] = context.outputGradients;
  if (!gradient)
    throw new Error("internal: a gradient rule was called without a gradient for its first output");
  return gradient;
}
