// What an operation is: what it takes, its shapes, its derivative and its meaning, side by side in one file each. And
// what it is applied to: a tensor of a graph that is being built.

import type { ReferenceTensor } from "./interpreter/reference-tensor.js";
import type { Attributes, InputType, TensorType, ValueId } from "./types.js";

/** As many of one type as `Count` says, as a tuple. */
export type Several<
  Type,
  Count extends number,
  Tuple extends readonly Type[] = readonly [],
> = number extends Count
  ? readonly Type[]
  : Tuple["length"] extends Count
    ? Tuple
    : Several<Type, Count, readonly [...Tuple, Type]>;

/** The attributes of an operation that has none. */
export type NoAttributes = Record<string, never>;

/** What an operation sees of the graph that is being built. */
export interface NodeBuilder {
  /**
   * Applies an operation; the same operation on the same tensors gives the same result, not a second node.
   * @throws FleuronError "graph-shape" for inputs that the operation does not take.
   */
  apply<A extends Attributes, Inputs extends number, Outputs extends number>(
    operation: Operation<A, Inputs, Outputs>,
    inputs: Several<Tensor, Inputs>,
    attributes: A,
  ): Several<Tensor, Outputs>;
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

export interface GradientContext<A extends Attributes, Inputs extends number, Outputs extends number> {
  readonly inputs: Several<Tensor, Inputs>;
  readonly outputs: Several<Tensor, Outputs>;
  /** ∂loss/∂output of each output; undefined where the loss does not depend on it. */
  readonly outputGradients: Several<Tensor | undefined, Outputs>;
  readonly attributes: A;
}

/**
 * From ∂loss/∂outputs to ∂loss/∂inputs, one entry per input: a tensor, undefined for a derivative that is
 * zero everywhere, or why there is none. Entries that nothing asks for are removed as dead nodes.
 */
export type GradientRule<
  A extends Attributes = Attributes,
  Inputs extends number = number,
  Outputs extends number = number,
> = (context: GradientContext<A, Inputs, Outputs>) => Several<Tensor | undefined | NotDifferentiable, Inputs>;

/** float32 of that many axes, or of any number. */
export const floats = (rank: InputType["rank"] = "any"): InputType => ({ dtype: "float32", rank });

/** A tensor of any kind. */
export const anything: InputType = { dtype: "any", rank: "any" };

/** An operation with that many inputs and outputs. */
export interface Operation<
  A extends Attributes = Attributes,
  Inputs extends number = number,
  Outputs extends number = number,
> {
  readonly name: string;
  /** What it takes, checked before `infer` is asked. */
  readonly inputs: Several<InputType, Inputs>;
  /** The attribute that holds a shape, in which dimensions may be named. */
  readonly shapeAttribute?: keyof A & string;
  /** Types of the outputs. Throws "graph-shape", naming the operation and the shapes. */
  infer(inputs: Several<TensorType, Inputs>, attributes: A): Several<TensorType, Outputs>;
  readonly gradient: GradientRule<A, Inputs, Outputs> | NotDifferentiable;
  /** The meaning, in float64, written to be read. Shapes are known and have passed `infer`. */
  evaluate(inputs: Several<ReferenceTensor, Inputs>, attributes: A): Several<ReferenceTensor, Outputs>;
}

/** Keeps an operation's attributes and the number of its inputs and outputs typed where it is written. */
export const defineOperation = <A extends Attributes, Inputs extends number, Outputs extends number = 1>(
  operation: Operation<A, Inputs, Outputs>,
): Operation<A, Inputs, Outputs> => operation;

/** ∂loss/∂(first output), which must exist because the rule was called for it. */
export function firstGradient(context: {
  readonly outputGradients: readonly (Tensor | undefined)[];
}): Tensor {
  const [gradient] = context.outputGradients;
  if (!gradient)
    throw new Error("internal: a gradient rule was called without a gradient for its first output");
  return gradient;
}
