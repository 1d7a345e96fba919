// A run that nobody gave photos to, and that draws its own, should end while they are still looking.
import type { FoundDataset } from "@fleuron/photos";
import { isNetworkFile } from "../networks/chosen-network.js";
import type { TrainOptions } from "../options/train-options.js";

const TIME_BUDGET_SECONDS = 7 * 60;

/** The options, with the defaults of a run on drawn pictures where nobody asked for those. */
export function withFallback(options: TrainOptions, { fallback }: FoundDataset): TrainOptions {
  if (!fallback) return options;
  return {
    ...options,
    recipe: options.recipe ?? (isNetworkFile(options.network) ? undefined : "quick"),
    ...(options.epochs === undefined && { timeBudget: options.timeBudget ?? TIME_BUDGET_SECONDS }),
  };
}
