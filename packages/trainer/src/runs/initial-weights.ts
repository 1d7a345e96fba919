// Which tensors of another training a new run can begin with.
import { promises as fs } from "node:fs";
import { join, resolve } from "node:path";
import type { WarningEvent } from "@fleuron/model";
import { openSafetensorsFile, RUN_FILES } from "@fleuron/run-folder";
import { type StateTensor, stateTensors, type TrainingPlan, trainerError } from "@fleuron/training";

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
 * Compares a file with what a plan needs: weights and statistics of equal name and shape fit. Everything else is
 * named in the warning, except an optimiser's slots, which belong to the run that made them.
 * @throws FleuronError "checkpoint-mismatch" if nothing fits, and as {@link weightsFileOf}.
 */
export async function matchWeights(
  file: string,
  plan: TrainingPlan,
): Promise<{ readonly weights: InitialWeights; readonly warning: WarningEvent | undefined }> {
  await using opened = await openSafetensorsFile(file);
  const has = new Map(opened.tensors.map((tensor) => [tensor.name, shapeOf(tensor)]));
  const needs = stateTensors(plan).filter(({ name }) => !name.startsWith("slots/"));
  const fits = needs.filter((tensor) => has.get(tensor.name) === shapeOf(tensor));
  if (fits.length === 0) {
    throw trainerError(
      "checkpoint-mismatch",
      `Nothing in ${file} fits the network: no tensor has the name and the shape of one of its own.`,
      {
        subject: "--init-from",
        hint: `Use a checkpoint of the same network and width. The file has ${listed([...has.keys()])}.`,
      },
    );
  }
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
  return { weights: { file, names }, warning: warningOf(file, names, drawn, unused) };
}

function warningOf(
  file: string,
  taken: readonly string[],
  drawn: readonly string[],
  unused: readonly string[],
): WarningEvent | undefined {
  if (drawn.length === 0 && unused.length === 0) return undefined;
  const message = [
    `Taken from ${file}: ${taken.join(", ")}.`,
    ...(drawn.length > 0 ? [`Drawn anew: ${drawn.join(", ")}.`] : []),
    ...(unused.length > 0 ? [`Not used: ${unused.join(", ")}.`] : []),
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
