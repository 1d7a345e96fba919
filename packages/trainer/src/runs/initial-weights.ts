// Which tensors of another training a new run can begin with.
import { promises as fs } from "node:fs";
import { join, resolve } from "node:path";
import { networkOf } from "@fleuron/graph";
import type { FleuronError, WarningEvent } from "@fleuron/model";
import { openSafetensorsFile, RUN_FILES } from "@fleuron/run-folder";
import {
  parameterStateName,
  type StateTensor,
  stateTensors,
  type TrainingPlan,
  trainerError,
} from "@fleuron/training";

/** Tensors of a safetensors file that replace the drawn ones, by their names in the state. */
export interface InitialWeights {
  readonly file: string;
  readonly names: readonly string[];
}

/**
 * The file that `path` means: itself, or a run's best checkpoint, or its last one.
 * @throws FleuronError "checkpoint-missing", "checkpoint-invalid", "checkpoint-truncated".
 */
export async function weightsFileOf(path: string): Promise<string> {
  const file = await fileOf(resolve(path));
  await using _ = await openSafetensorsFile(file);
  return file;
}

/**
 * Compares a file with what a plan needs: weights and statistics of equal name and shape fit. What does not is named in
 * the warning, except an optimiser's slots, which belong to the run that made them.
 * @throws FleuronError "checkpoint-mismatch" if no kernel fits, for biases alone fit many networks; and as
 * {@link weightsFileOf}.
 */
export async function matchWeights(
  file: string,
  plan: TrainingPlan,
): Promise<{ readonly weights: InitialWeights; readonly warning: WarningEvent | undefined }> {
  await using opened = await openSafetensorsFile(file);
  const has = new Map(opened.tensors.map((tensor) => [tensor.name, shapeOf(tensor)]));
  const needs = stateTensors(plan).filter(({ name }) => !name.startsWith("slots/"));
  const fits = needs.filter((tensor) => has.get(tensor.name) === shapeOf(tensor));
  const kernels = new Set(
    networkOf(plan.network)
      .parameters.filter(({ kind }) => kind === "kernel")
      .map(parameterStateName),
  );
  if (!fits.some(({ name }) => kernels.has(name))) throw noKernelFits(file, needs, kernels, has);
  const needed = new Set(needs.map(({ name }) => name));
  const drawn = needs
    .filter((tensor) => !fits.includes(tensor))
    .map((tensor) => {
      const found = has.get(tensor.name);
      const why = found === undefined ? "not in the file" : `${found} in the file`;
      return `${tensor.name} of ${shapeOf(tensor)} (${why})`;
    });
  const unused = [...has.keys()].filter((name) => !needed.has(name) && !name.startsWith("slots/"));
  const names = fits.map(({ name }) => name);
  return { weights: { file, names }, warning: warningOf(file, names.length, drawn, unused) };
}

function noKernelFits(
  file: string,
  needs: readonly StateTensor[],
  kernels: ReadonlySet<string>,
  has: ReadonlyMap<string, string>,
): FleuronError {
  const known = needs.find(({ name }) => kernels.has(name) && has.has(name));
  const why =
    known === undefined
      ? `it has ${listed([...has.keys()])}`
      : `${known.name} is ${has.get(known.name)} there and ${shapeOf(known)} here`;
  return trainerError("checkpoint-mismatch", `No kernel in ${file} fits the network: ${why}.`, {
    subject: "initFrom",
    hint: "Begin with weights of the same `network` and `width`.",
  });
}

function warningOf(
  file: string,
  taken: number,
  drawn: readonly string[],
  unused: readonly string[],
): WarningEvent | undefined {
  if (drawn.length === 0 && unused.length === 0) return undefined;
  const message = [
    `Taken from ${file}: ${taken} of ${taken + drawn.length} tensors.`,
    ...(drawn.length > 0 ? [`Drawn anew: ${listed(drawn)}.`] : []),
    ...(unused.length > 0 ? [`Not used: ${listed(unused)}.`] : []),
  ].join(" ");
  return { type: "warning", code: "weights-in-part", message };
}

const shapeOf = ({ shape }: StateTensor) => `[${shape.join(", ")}]`;

const SHOWN = 5;
const listed = (names: readonly string[]) =>
  names.length === 0
    ? "no tensors"
    : names.slice(0, SHOWN).join(", ") + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "");

async function fileOf(path: string): Promise<string> {
  const isFolder = await fs.stat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
  if (!isFolder) return path;
  const best = join(path, RUN_FILES.best);
  const hasBest = await fs.access(best).then(
    () => true,
    () => false,
  );
  return hasBest ? best : join(path, RUN_FILES.last);
}
