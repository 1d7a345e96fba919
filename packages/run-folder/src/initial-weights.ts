// The weights of another training that a new run begins with.
import { promises as fs } from "node:fs";
import { join, resolve } from "node:path";
import { exists } from "@fleuron/files";
import type { WarningEvent } from "@fleuron/model";
import { matchingWeights, type NamedTensor, type TrainingPlan } from "@fleuron/training";
import { RUN_FILES } from "./format/run-files.js";
import { runNamed } from "./latest-run.js";
import { openSafetensorsFile } from "./open-safetensors-file.js";
import { writeSafetensorsFile } from "./write-safetensors-file.js";

/** Tensors of a safetensors file that replace the drawn ones, by their names in the state. */
export interface InitialWeights {
  readonly file: string;
  readonly names: readonly string[];
}

/**
 * The file that `path` means: itself, or a run's best checkpoint, or its last one; `latest` in a folder of runs is one of them.
 * @throws FleuronError "checkpoint-missing", "checkpoint-invalid", "checkpoint-truncated", "no-run".
 */
export async function weightsFileOf(path: string): Promise<string> {
  const file = await fileOf(await runNamed(resolve(path)));
  await using _ = await openSafetensorsFile(file);
  return file;
}

/** Keeps what a network's file gives, for a run that is killed before its first checkpoint. */
export const writeInitialWeights = (folder: string, tensors: readonly NamedTensor[]): Promise<void> =>
  writeSafetensorsFile(
    join(folder, RUN_FILES.initial),
    tensors,
    (async function* () {
      yield* tensors;
    })(),
    {},
  );

/** What replaces the drawn weights of a run that begins: those of its network's file, and then those that were asked for. */
export async function weightsToBegin(
  folder: string,
  { network }: TrainingPlan,
  asked: InitialWeights | undefined,
): Promise<readonly InitialWeights[]> {
  const others = asked === undefined ? [] : [asked];
  if (!("inference" in network)) return others;
  const file = join(folder, RUN_FILES.initial);
  await using opened = await openSafetensorsFile(file);
  return [{ file, names: opened.tensors.map(({ name }) => name) }, ...others];
}

/** Compares a file with what a plan needs. @throws as {@link matchingWeights} and {@link weightsFileOf}. */
export async function matchWeights(
  file: string,
  plan: TrainingPlan,
): Promise<{ readonly weights: InitialWeights; readonly warning: WarningEvent | undefined }> {
  await using opened = await openSafetensorsFile(file);
  const { names, warning } = matchingWeights(file, opened.tensors, plan);
  return { weights: { file, names }, warning };
}

async function fileOf(path: string): Promise<string> {
  const isFolder = await fs.stat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
  if (!isFolder) return path;
  const best = join(path, RUN_FILES.best);
  return (await exists(best)) ? best : join(path, RUN_FILES.last);
}
