import { writeBundle } from "@fleuron/export/node";
import { networkOf } from "@fleuron/graph";
import { type BundleFormat, type BundlePrecision, countParameters } from "@fleuron/model";
import { drawnModel } from "./drawn-model.js";

export interface DrawnBundleOptions {
  readonly folder: string;
  readonly format: BundleFormat | "all";
  readonly precisions: readonly BundlePrecision[];
  /** Default: full width. */
  readonly width?: number;
}

/** The drawn model as `pnpm export` writes a trained one. */
export async function writeDrawnBundle({ width, ...options }: DrawnBundleOptions): Promise<void> {
  const model = drawnModel(width);
  const work = writeBundle({
    model,
    training: {
      run: "drawn",
      checkpoint: "best",
      network: { name: "alexnet", parameters: countParameters(networkOf(model.network).parameters) },
      recipe: "none",
      epochs: 0,
      dataset: { name: "procedural", trainCount: 0, valCount: 0 },
      valAccuracy: null,
      trained: new Date().toISOString(),
    },
    ...options,
  });
  for await (const _ of work);
}
