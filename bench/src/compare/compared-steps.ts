// The steps that can be compared: what follows the gradients.
import { type Optimiser, recipes } from "@fleuron/training";

export const comparedSteps = {
  /** What every library has in its fastest form. */
  plain: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0, clipNorm: null },
  /** The recipe's: Nesterov momentum, weight decay on kernels, clipping by the norm of all gradients. */
  modern: recipes.modern.optimiser,
} as const satisfies { readonly [name: string]: Optimiser };

export type ComparedStep = keyof typeof comparedSteps;

export const isComparedStep = (name: string): name is ComparedStep => Object.hasOwn(comparedSteps, name);
