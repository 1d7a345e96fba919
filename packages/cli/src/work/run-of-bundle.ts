// The run that a bundle comes from, as far as it is still there and still has the bundle's weights.
import { dirname, join } from "node:path";
import { FleuronError, type Manifest, type WarningEvent } from "@fleuron/model";
import type { TrainerNodeApi } from "@fleuron/trainer/node";
import type { Exporter } from "../context.js";
import { cliError } from "../errors.js";
import { RUNS_ROOT, shownPath } from "../paths.js";

export interface RunOfBundleOptions {
  readonly trainer: TrainerNodeApi;
  readonly exporter: Exporter;
  /** The bundle's folder and what is in it. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** What `--run` names. Default: the folder that the bundle lies in, else the run of its name. */
  readonly run?: string | undefined;
}

/**
 * @returns the run's folder; undefined without one.
 * @throws FleuronError `weights-differ` for a run that was named and has other weights.
 */
export async function* runOfBundle(
  options: RunOfBundleOptions,
): AsyncGenerator<WarningEvent, string | undefined> {
  const { folder, manifest, run } = options;
  if (run !== undefined) {
    if (await hasWeights(run, options)) return run;
    throw cliError("weights-differ", differs(run, folder), {
      subject: "--run",
      hint: `The bundle comes from the run ${manifest.training.run}; pnpm export writes another one.`,
    });
  }
  for (const candidate of [dirname(folder), join(RUNS_ROOT, manifest.training.run)]) {
    const same = await hasWeights(candidate, options).catch(absent);
    if (same) return candidate;
    if (same === false)
      yield { type: "warning", code: "weights-differ", message: differs(candidate, folder) };
  }
  return undefined;
}

async function hasWeights(
  run: string,
  { trainer, exporter, manifest }: RunOfBundleOptions,
): Promise<boolean> {
  const trained = await trainer.trainedRun({ run, checkpoint: manifest.training.checkpoint });
  return exporter.weightsHash(trained) === manifest.training.weights;
}

/** A folder that is no run, or a run without that checkpoint. */
function absent(error: unknown): undefined {
  if (!(error instanceof FleuronError)) throw error;
}

const differs = (run: string, bundle: string) =>
  `The run ${shownPath(run)} has other weights than the bundle ${shownPath(bundle)}.`;
