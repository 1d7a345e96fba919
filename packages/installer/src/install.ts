// Installs an engine into a folder of its own: nothing global, no administrator.
import { promises as fs } from "node:fs";
import path from "node:path";
import {
  diskFull,
  failedFolder,
  isTemporary,
  lockFolder,
  moveIfThere,
  newFolder,
  temporaryBeside,
} from "@fleuron/files";
import { enginesFolder, thisPlatform } from "@fleuron/machine";
import type { WorkEvent } from "@fleuron/model";
import { optionError } from "@fleuron/model/options";
import { engineFolder, markerIn } from "./engine-folder.js";
import type { EngineInstaller } from "./engine-installer.js";
import { type EngineMarker, writeEngineMarker } from "./engine-marker.js";
import { installError } from "./errors.js";

export interface InstallOptions {
  /**
   * For engines of TensorFlow, libtensorflow: a wheel, a C archive, the folder of either, a Python's `site-packages`, or
   * a folder of wheels; CUDA's libraries are taken from there too, and fetched where they are not there. Default: all is
   * fetched.
   */
  readonly from?: string | undefined;
  /** Where engines lie. Default: the environment variable FLEURON_ENGINES, else the user's data folder. */
  readonly folder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface InstalledEngine extends EngineMarker {
  readonly folder: string;
}

/**
 * Installs an engine, in place of the one that was there. When its installer fails, or the events are left, the one that
 * was there stays as it was. What was downloaded stays until an installation succeeds.
 *
 * @throws FleuronError "platform-unsupported", "option-invalid", `disk-full`, `folder-unwritable`, and those of the
 * installer; `signal.reason`.
 */
export async function* install(
  installer: EngineInstaller,
  { from, folder: engines, signal }: InstallOptions = {},
): AsyncGenerator<WorkEvent, InstalledEngine> {
  requirePlatform(installer);
  if (from !== undefined && installer.takesFiles === undefined) throw takesNoFiles(installer);
  const root = enginesFolder(engines);
  await using _ = yield* lockFolder(root, signal);
  await sweep(root);
  await requireRoom(root, installer);

  const folder = engineFolder(installer.name, root);
  const downloads = path.join(root, "downloads");
  let marker: EngineMarker | undefined;
  const before = temporaryBeside(folder);
  try {
    yield* newFolder(folder, async function* (temporary) {
      const contents = yield* installer.fill(temporary, { from, downloads, signal });
      const installed = new Date().toISOString();
      marker = { formatVersion: 1, engine: installer.name, installed, ...contents };
      await writeEngineMarker(markerIn(temporary), marker);
      await moveIfThere(folder, before).catch(failedFolder(folder));
    });
  } catch (error) {
    await moveIfThere(before, folder).catch(failedFolder(before));
    throw error;
  }
  await sweepAway(before);
  // What was given is the user's, wherever it lies.
  if (from === undefined || !isWithin(downloads, from))
    await fs.rm(downloads, { recursive: true, force: true });
  return { folder, ...marker! };
}

const isWithin = (folder: string, place: string): boolean =>
  `${path.resolve(place)}${path.sep}`.startsWith(`${path.resolve(folder)}${path.sep}`);

function requirePlatform(installer: EngineInstaller): void {
  const why = installer.unsupported(thisPlatform());
  if (why === undefined) return;
  const { name } = installer;
  throw installError("platform-unsupported", `The engine ${name} cannot be installed here: ${why}.`, {
    subject: name,
    hint: "The engine auto takes what works here.",
  });
}

const takesNoFiles = ({ name }: EngineInstaller) =>
  optionError("option-invalid", `The engine ${name} is fetched: it is made from no other file.`, {
    subject: "from",
    hint: "Leave `from` out.",
  });

/** Removes what an installation that was killed has left. */
async function sweep(root: string): Promise<void> {
  for (const name of await fs.readdir(root)) {
    if (isTemporary(name)) await sweepAway(path.join(root, name));
  }
}

/** What cannot be removed yet, as a library in use on Windows, stays for the next installation. */
const sweepAway = (folder: string) => fs.rm(folder, { recursive: true, force: true }).catch(() => undefined);

async function requireRoom(root: string, { bytes }: EngineInstaller): Promise<void> {
  const disk = await fs.statfs(root);
  if (disk.bavail * disk.bsize < bytes) throw diskFull(root, bytes);
}
