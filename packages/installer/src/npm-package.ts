// The npm package of an engine, fetched by the user's npm without its install script, which would download more.
import { promises as fs } from "node:fs";
import path from "node:path";
import { findProgram, runProgram } from "@fleuron/machine";
import type { ProgressEvent } from "@fleuron/model";
import { progress } from "@fleuron/model";
import { installError } from "./errors.js";

/** @throws FleuronError "program-missing" without npm. */
export async function requireNpm(): Promise<string> {
  const npm = await findProgram(["npm"]);
  if (npm !== undefined) return npm;
  throw installError("program-missing", "npm was not found on the search path.", {
    subject: "npm",
    hint: "npm comes with Node: put the folder of Node's programs on PATH.",
  });
}

export interface LockedPackage {
  /** Its name on npm. */
  readonly npmPackage: string;
  /** The folder of the `package.json` and the `package-lock.json` that name it and all that it needs. */
  readonly locked: URL;
}

/** Installs the locked versions into `folder`; npm checks each against its hash. */
export async function* installNpmPackage(
  { npmPackage, locked }: LockedPackage,
  folder: string,
  { npm, signal }: { readonly npm: string; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<ProgressEvent, void> {
  const task = `fetching ${npmPackage}`;
  yield progress(task, 0, 1, "package");
  for (const file of ["package.json", "package-lock.json"]) {
    await fs.copyFile(new URL(file, locked), path.join(folder, file));
  }
  await runProgram(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"], {
    cwd: folder,
    task: `fetch ${npmPackage}`,
    signal,
  });
  yield progress(task, 1, 1, "package");
}
