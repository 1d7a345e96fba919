// What an operation is: what it takes, its shapes, its derivative and its meaning, side by side in one file each. And
// what it is applied to: a tensor of a graph that is being built.

import type { ReferenceTensor } from "./interpreter/reference-tensor.js";
import type { Attributes, Dimension, InputType, Rank, Shape, TensorType, ValueId } from "./types.js";

/** The ranks of an operation's inputs or outputs, one by one. */
export type Ranks = readonly Rank[];

/** Types of tensors that have these ranks. */
export type TensorTypes<R extends Ranks, D extends Dimension = Dimension> = {
  readonly [Index in keyof R]: TensorType<D, Shape<D, R[Index]>>;
};

/** Tensors of these ranks. */
export type Tensors<R extends Ranks> = { readonly [Index in keyof R]: Tensor<Shape<Dimension, R[Index]>> };

type ReferenceTensors<R extends Ranks> = {
  readonly [Index in keyof R]: ReferenceTensor<Shape<number, R[Index]>>;
};

/** One of a type for each tensor of these ranks. */
export type ForEach<R extends Ranks, Each> = { readonly [Index in keyof R]: Each };

/** The attributes of an operation that has none. */
export type NoAttributes = Record<string, never>;

/** What an operation sees of the graph that is being built. */
export interface NodeBuilder {
  /**
   * Applies an operation; the same operation on the same tensors gives the same result, not a second node.
   * @throws FleuronError "graph-shape" for inputs that the operation does not take.
   */
  apply<A extends Attributes, Inputs extends Ranks, Outputs extends Ranks>(
    operation: Operation<A, Inputs, Outputs>,
    inputs: ForEach<Inputs, Tensor>,
    attributes: A,
  ): Tensors<Outputs>;
}

/** A tensor of a graph that is being built. Operations are functions from tensors to tensors. */
export interface Tensor<S extends Shape = Shape> extends TensorType<Dimension, S> {
  readonly builder: NodeBuilder;
  readonly id: ValueId;
}

/** Says that no derivative is defined, and why. */
export interface NotDifferentiable {
  readonly notDifferentiable: string;
}

export const notDifferentiable = (why: string): NotDifferentiable => ({ notDifferentiable: why });

export interface GradientContext<A extends Attributes, Inputs extends Ranks, Outputs extends Ranks> {
  readonly inputs: Tensors<Inputs>;
  readonly outputs: Tensors<Outputs>;
  /** ∂loss/∂output of each output; undefined where the loss does not depend on it. */
  readonly outputGradients: {
    readonly [Index in keyof Outputs]: Tensor<Shape<Dimension, Outputs[Index]>> | undefined;
  };
  readonly attributes: A;
}

/**
 * From ∂loss/∂outputs to ∂loss/∂inputs, one entry per input: a tensor, undefined for a derivative that is
 * zero everywhere, or why there is none. Entries that nothing asks for are removed as dead nodes.
 */
export type GradientRule<
  A extends Attributes = Attributes,
  Inputs extends Ranks = Ranks,
  Outputs extends Ranks = Ranks,
> = (context: GradientContext<A, Inputs, Outputs>) => ForEach<Inputs, Tensor | undefined | NotDifferentiable>;

/** float32 of that many axes, or of any number. */
export function floats(): InputType<"any">;
export function floats<R extends number>(rank: R): InputType<R>;
export function floats(rank: Rank = "any"): InputType {
  return { dtype: "float32", rank };
}

/** A tensor of any kind. */
export const anything: InputType<"any"> = { dtype: "any", rank: "any" };

/** An operation with inputs and outputs of these ranks. */
export interface Operation<
  A extends Attributes = Attributes,
  Inputs extends Ranks = Ranks,
  Outputs extends Ranks = Ranks,
> {
  readonly name: string;
  /** What it takes, checked before `infer` is asked. */
  readonly inputs: { readonly [Index in keyof Inputs]: InputType<Inputs[Index]> };
  /** Whether it takes one or more tensors, each of which is what `inputs` says of its one. */
  readonly variadic?: true;
  /** The attribute that holds a shape, in which dimensions may be named. */
  readonly shapeAttribute?: keyof A & string;
  /** Types of the outputs. Throws "graph-shape", naming the operation and the shapes. */
  infer(inputs: TensorTypes<Inputs>, attributes: A): TensorTypes<Outputs>;
  readonly gradient: GradientRule<A, Inputs, Outputs> | NotDifferentiable;
  /** The meaning, in float64, written to be read. Shapes are known and have passed `infer`. */
  evaluate(inputs: ReferenceTensors<Inputs>, attributes: A): ReferenceTensors<Outputs>;
}

/** Keeps an operation's attributes and the ranks of its inputs and outputs typed where it is written. */
export const defineOperation = <A extends Attributes, Inputs extends Ranks, Outputs extends Ranks = ["any"]>(
  operation: Operation<A, Inputs, Outputs>,
): Operation<A, Inputs, Outputs> => operation;

/** ∂loss/∂(first output), which must exist because the rule was called for it. */
export function firstGradient<S extends Shape>(context: {
  readonly outputGradients: readonly [Tensor<S> | undefined, ...(Tensor | undefined)[]];
}): Tensor<S> {
  const [gradient] = context.outputGradients;
  if (!gradient)
    throw new Error("internal: a gradient rule was called without a gradient for its first output");
  return gradient;
}
