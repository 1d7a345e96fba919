import { promises as fs } from "node:fs";
import { folderFailure } from "@fleuron/files";
import { installError } from "./errors.js";
import { installableEngine } from "./installable.js";
import { installationOf } from "./installation.js";

/**
 * Deletes an installed engine and returns the folder that it had.
 *
 * @throws FleuronError "engine-unknown", "engine-not-installed", `folder-unwritable`.
 */
export async function removeEngine(options: {
  readonly name: string;
  readonly folder?: string | undefined;
}): Promise<string> {
  const engine = installableEngine(options.name);
  return removeInstallation(engine.name, installationOf(engine, options.folder).folder);
}

/** Deletes the folder of an engine. @throws FleuronError "engine-not-installed", `folder-unwritable`. */
export async function removeInstallation(name: string, folder: string): Promise<string> {
  if ((await fs.stat(folder).catch(() => undefined)) === undefined) {
    throw installError("engine-not-installed", `The engine ${name} is not installed in ${folder}.`, {
      subject: folder,
      hint: "FLEURON_ENGINES names the folder in which engines are looked for.",
    });
  }
  await fs.rm(folder, { recursive: true }).catch((cause: unknown) => {
    throw folderFailure(folder, cause);
  });
  return folder;
}
