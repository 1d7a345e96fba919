// Installing and removing engines of the table, by name.
import {
  type EngineInstaller,
  type InstalledEngine,
  type InstallOptions,
  install,
  installError,
  remove,
} from "@fleuron/installer";
import type { WorkEvent } from "@fleuron/model";
import { engineNames, loadEngine } from "./index.js";

export interface InstallEngineOptions extends InstallOptions {
  readonly name: string;
}

/**
 * Installs an engine, in place of the one that was there, and tries it: when that or anything else fails, the one that
 * was there stays as it was.
 *
 * @throws FleuronError "engine-unknown", "platform-unsupported", "program-missing", "program-failed", "library-unfit",
 * "engine-check-failed", "option-invalid", `disk-full`, `folder-unwritable`, `download-…`; `signal.reason`.
 */
export async function* installEngine({
  name,
  ...options
}: InstallEngineOptions): AsyncGenerator<WorkEvent, InstalledEngine> {
  return yield* install(await installerOf(name), options);
}

/**
 * Deletes an installed engine and returns the folder that it had.
 *
 * @throws FleuronError "engine-unknown", "engine-not-installed", `folder-unwritable`.
 */
export async function removeEngine({
  name,
  folder,
}: {
  readonly name: string;
  readonly folder?: string | undefined;
}): Promise<string> {
  return remove(await installerOf(name), folder);
}

async function installerOf(name: string): Promise<EngineInstaller> {
  const engines = await Promise.all(engineNames.map(loadEngine));
  const installers = engines.flatMap(({ installer }) => installer ?? []);
  const installer = installers.find((each) => each.name === name);
  if (installer !== undefined) return installer;
  throw installError("engine-unknown", `There is no engine '${name}' to install or remove.`, {
    subject: name,
    hint: `Engines: ${installers.map((each) => each.name).join(", ")}.`,
  });
}
