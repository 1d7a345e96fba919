import { promises as fs } from "node:fs";
import { failedFolder, move, temporaryBeside } from "@fleuron/files";
import { engineFolder } from "./engine-folder.js";
import type { EngineInstaller } from "./engine-installer.js";
import { installError } from "./errors.js";

/**
 * Deletes an installed engine and returns the folder that it had.
 *
 * @param engines the folder that engines lie in, where it is not the usual one.
 * @throws FleuronError "engine-not-installed", `folder-unwritable`.
 */
export async function remove(
  { name }: Pick<EngineInstaller, "name">,
  engines: string | undefined,
): Promise<string> {
  const folder = engineFolder(name, engines);
  if ((await fs.stat(folder).catch(() => undefined)) === undefined) {
    throw installError("engine-not-installed", `The engine ${name} is not installed in ${folder}.`, {
      subject: folder,
      hint: "FLEURON_ENGINES names the folder in which engines are looked for.",
    });
  }
  const leaving = temporaryBeside(folder);
  await move(folder, leaving).catch(failedFolder(folder));
  await fs.rm(leaving, { recursive: true }).catch(failedFolder(leaving));
  return folder;
}
