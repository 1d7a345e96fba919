// The run that a bundle comes from, as far as it is still there and still has the bundle's weights.
import { dirname, join } from "node:path";
import { FleuronError, type Manifest, type WarningEvent, weightsOf } from "@fleuron/model";
import type { Exporter, TrainedRuns } from "../context.js";
import { cliError } from "../errors.js";
import { RUNS_ROOT, shownPath } from "../paths.js";

export interface ComparedBundle {
  readonly trainer: Pick<TrainedRuns, "runNamed" | "trainedRun">;
  readonly exporter: Exporter;
  /** What is in the bundle. */
  readonly manifest: Manifest;
}

export interface RunOfBundleOptions extends ComparedBundle {
  /** The bundle's. */
  readonly folder: string;
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
  const { folder, manifest, trainer } = options;
  if (options.run !== undefined) {
    const run = await trainer.runNamed(options.run);
    if (await weightsAgree(run, options)) return run;
    throw cliError("weights-differ", differs(run, folder), {
      subject: "run",
      hint: `The bundle comes from ${originOf(manifest)}; pnpm export writes another one.`,
    });
  }
  const { training } = manifest;
  if (training === undefined) return undefined;
  for (const candidate of [dirname(folder), join(RUNS_ROOT, training.run)]) {
    const same = await hasWeights(candidate, options);
    if (same) return candidate;
    if (same === false)
      yield { type: "warning", code: "weights-differ", message: differs(candidate, folder) };
  }
  return undefined;
}

/** The run, or the file that the bundle was imported from, in words. */
export const originOf = ({ training, source }: Manifest): string =>
  training ? `the run ${training.run}` : source!.file;

/** The warning where the bundle can only be compared with itself. */
export function withoutRun(manifest: Manifest): WarningEvent {
  const { training } = manifest;
  const itself = "its models are compared with its own float32 ONNX model";
  return {
    type: "warning",
    code: "run-not-found",
    message: training
      ? `The bundle's run, ${training.run}, was not found with these weights: ${itself}, not with what was trained. ` +
        "--run names the run."
      : `The bundle was imported from ${originOf(manifest)}, and has no run: ${itself}.`,
  };
}

/** Whether a bundle has a run's weights; undefined for a folder that is no run, or a run without that checkpoint. */
export const hasWeights = (run: string, bundle: ComparedBundle): Promise<boolean | undefined> =>
  weightsAgree(run, bundle).catch(absent);

async function weightsAgree(run: string, { trainer, exporter, manifest }: ComparedBundle): Promise<boolean> {
  const trained = await trainer.trainedRun({ run, checkpoint: manifest.training?.checkpoint });
  return (trained.weightsHash ?? (await exporter.weightsHash(trained))) === weightsOf(manifest);
}

function absent(error: unknown): undefined {
  if (!(error instanceof FleuronError)) throw error;
}

export const differs = (run: string, bundle: string) =>
  `The run ${shownPath(run)} has other weights than the bundle ${shownPath(bundle)}.`;
