import { writeBundle } from "@fleuron/export/node";
import type { BundleFormat, BundlePrecision } from "@fleuron/model";
import { drawnModel } from "./drawn-model.js";

export interface DrawnBundleOptions {
  readonly folder: string;
  readonly format: BundleFormat | "all";
  readonly precisions: readonly BundlePrecision[];
}

/** The drawn model as `pnpm export` writes a trained one. */
export async function writeDrawnBundle(options: DrawnBundleOptions): Promise<void> {
  const work = writeBundle({
    model: drawnModel(),
    training: {
      run: "drawn",
      checkpoint: "best",
      network: { name: "alexnet", parameters: 58_307_333 },
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
