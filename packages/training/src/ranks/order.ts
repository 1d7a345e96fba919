/** What rank 0 asks all others to do with it. */
export type Order =
  /** Begins the training batches of an epoch, from a step on. */
  | { readonly kind: "training"; readonly epoch: number; readonly firstStep: number }
  /** Takes a step with the next of them. */
  | { readonly kind: "step"; readonly learningRate: number }
  /** Begins the validation batches. */
  | { readonly kind: "validation" }
  /** Predicts the next of them. */
  | { readonly kind: "predict" }
  | { readonly kind: "average" }
  | { readonly kind: "end" };
