import type { NodeBuilder, Tensor } from "@fleuron/graph";

type Tensors<Name extends string> = Readonly<Record<Name, Tensor>>;

export interface OptimisedParameter<Slot extends string = never> {
  readonly variable: Tensor;
  readonly gradient: Tensor;
  readonly slots: Tensors<Slot>;
  /** Whether weight decay applies. */
  readonly decays: boolean;
  /** Its own. */
  readonly learningRate: Tensor;
}

export interface UpdateStep<Slot extends string, Scalar extends string> {
  readonly parameters: readonly OptimisedParameter<Slot>[];
  readonly scalars: Tensors<Scalar>;
}

export interface Updated<Slot extends string, Scalar extends string> {
  /** In the order of the step's parameters. */
  readonly parameters: readonly { readonly variable: Tensor; readonly slots: Tensors<Slot> }[];
  readonly scalars: Tensors<Scalar>;
}

/** An optimiser: the tensors that it keeps, all 0 at first, and its update as graph operations. */
export interface OptimiserDefinition<Options, Slot extends string = string, Scalar extends string = string> {
  /** Kept for each parameter, in its shape. */
  readonly slots: readonly Slot[];
  /** Kept once. */
  readonly scalars: readonly Scalar[];
  update(builder: NodeBuilder, step: UpdateStep<Slot, Scalar>, options: Options): Updated<Slot, Scalar>;
}
