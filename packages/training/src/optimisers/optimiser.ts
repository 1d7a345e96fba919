import type { Tensor } from "@fleuron/graph";

export interface OptimisedParameter {
  readonly variable: Tensor;
  readonly gradient: Tensor;
  readonly slots: { readonly [slot: string]: Tensor };
  /** Whether weight decay applies: kernels only. */
  readonly decays: boolean;
}

export interface UpdatedParameter {
  readonly variable: Tensor;
  readonly slots: { readonly [slot: string]: Tensor };
}

/** An optimiser: the tensors that it keeps per parameter, and its update as graph operations. */
export interface OptimiserDefinition<Options> {
  readonly slots: readonly string[];
  update(
    step: { readonly parameters: readonly OptimisedParameter[]; readonly learningRate: Tensor },
    options: Options,
  ): readonly UpdatedParameter[];
}
