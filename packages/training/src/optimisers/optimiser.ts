import type { Tensor } from "@fleuron/graph";

export interface OptimisedParameter {
  readonly variable: Tensor;
  readonly gradient: Tensor;
  readonly slots: { readonly [slot: string]: Tensor };
  /** Whether weight decay applies. */
  readonly decays: boolean;
}

export interface UpdateStep {
  readonly parameters: readonly OptimisedParameter[];
  readonly scalars: { readonly [scalar: string]: Tensor };
  readonly learningRate: Tensor;
}

export interface Updated {
  /** In the order of the step's parameters. */
  readonly parameters: readonly {
    readonly variable: Tensor;
    readonly slots: { readonly [slot: string]: Tensor };
  }[];
  readonly scalars: { readonly [scalar: string]: Tensor };
}

/** An optimiser: the tensors that it keeps, all 0 at first, and its update as graph operations. */
export interface OptimiserDefinition<Options> {
  /** Kept for each parameter, in its shape. */
  readonly slots: readonly string[];
  /** Kept once. */
  readonly scalars: readonly string[];
  update(step: UpdateStep, options: Options): Updated;
}
