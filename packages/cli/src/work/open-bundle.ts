import type { Context, Runtime, Trainer } from "../context.js";
import type { ComparedBundle } from "./run-of-bundle.js";

export interface OpenedBundle extends ComparedBundle {
  readonly trainer: Trainer;
  readonly runtime: Runtime;
  /** The bundle's. */
  readonly folder: string;
}

/** A bundle, with the libraries that find its run and run its models. */
export async function openBundle(context: Context, path: string): Promise<OpenedBundle> {
  const [trainer, exporter, runtime] = await Promise.all([
    context.loadTrainer(),
    context.loadExporter(),
    context.loadRuntime(),
  ]);
  const { folder, manifest } = await runtime.openBundle(path);
  return { trainer, exporter, runtime, folder, manifest };
}
