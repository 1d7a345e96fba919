// Contenders train one after the other, a whole run each, and again, so that whatever else the machine does falls on all.
import { join } from "node:path";
import type { Python } from "../compare/find-python.js";
import { temporaryFolder } from "../temporary-folder.js";
import type { RunContender, RunSettings } from "./contenders.js";
import { type RunCounts, type WholeRun, wholeRun } from "./whole-run.js";

export type RunOutcome =
  | { readonly status: "measured"; readonly rounds: readonly WholeRun[] }
  | { readonly status: "failed"; readonly reason: string };

export interface TurnOptions extends Omit<RunSettings, "folder"> {
  readonly rounds: number;
  readonly python: Python | undefined;
  readonly onProgress: ((what: string) => void) | undefined;
}

/** One that fails, or trains on other photos or another network than the first, is left out from there on. */
export async function takeTurns(
  contenders: readonly RunContender[],
  { rounds, python, onProgress, ...settings }: TurnOptions,
): Promise<ReadonlyMap<RunContender, RunOutcome>> {
  const measured = new Map<RunContender, WholeRun[]>(contenders.map((contender) => [contender, []]));
  const failed = new Map<RunContender, string>();
  let common: RunCounts | undefined;
  for (let round = 1; round <= rounds; round++) {
    for (const contender of contenders.filter((each) => !failed.has(each))) {
      onProgress?.(`round ${round} of ${rounds}: ${contender.name}`);
      await using own = await temporaryFolder("run");
      try {
        const executable = contender.python && python ? python.command : process.execPath;
        // No photo is known from an earlier run.
        const environment = { FLEURON_CACHE: join(own.folder, "cache") };
        const parameters = contender.parameters({ ...settings, folder: own.folder });
        const run = await wholeRun(executable, parameters, environment);
        common ??= run;
        requireSame(run, common);
        measured.get(contender)!.push(run);
      } catch (error) {
        failed.set(contender, error instanceof Error ? error.message : String(error));
      }
    }
  }
  return new Map(
    contenders.map((contender) => {
      const reason = failed.get(contender);
      return [
        contender,
        reason === undefined
          ? { status: "measured", rounds: measured.get(contender)! }
          : { status: "failed", reason },
      ];
    }),
  );
}

export function requireSame(run: RunCounts, common: RunCounts): void {
  for (const [name, wanted] of [
    ["parameters", common.parameters],
    ["trainCount", common.trainCount],
    ["valCount", common.valCount],
  ] as const) {
    if (run[name] !== wanted) throw new Error(`has ${name} ${run[name]}, not ${wanted}`);
  }
}
