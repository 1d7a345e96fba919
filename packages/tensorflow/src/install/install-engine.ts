// Installs an engine into a folder of its own: nothing global, no administrator.
import { promises as fs } from "node:fs";
import path from "node:path";
import { diskFull, lockFolder, newFolder } from "@fleuron/files";
import { enginesFolder } from "@fleuron/machine";
import type { WorkEvent } from "@fleuron/model";
import { checkEngine } from "./check-engine.js";
import { compileAddon, requireCompiler } from "./compile-addon.js";
import { type EngineMarker, readEngineMarker, writeEngineMarker } from "./engine-marker.js";
import { type InstallableEngine, installableEngine } from "./installable.js";
import { installationIn, installationOf } from "./installation.js";
import { fetchWheel } from "./library/fetch-wheel.js";
import { placeCuda } from "./library/place-cuda.js";
import { placeLibrary } from "./library/place-library.js";
import { installNpmPackage, requireNpm } from "./npm-package.js";
import { requirePlatform } from "./platform.js";

export interface InstallEngineOptions {
  readonly name: string;
  /**
   * libtensorflow: a wheel, a C archive, the folder of either, a Python's `site-packages`, or a folder of wheels; CUDA's
   * libraries are taken from there too, and fetched where they are not there. Default: all is fetched.
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
 * Installs an engine, in place of the one that was there. It ends with a training step that agrees with
 * `onnx-cpu`; when that or anything else fails, or the events are left, the one that was there stays as it was.
 * What was downloaded stays until an installation succeeds.
 *
 * @throws FleuronError "engine-unknown", "platform-unsupported", "program-missing", "program-failed",
 * "library-unfit", "engine-check-failed", `disk-full`, `folder-unwritable`, `download-…`; `signal.reason`.
 */
export async function* installEngine(
  options: InstallEngineOptions,
): AsyncGenerator<WorkEvent, InstalledEngine> {
  const { from, signal } = options;
  const engine = installableEngine(options.name);
  const root = enginesFolder(options.folder);
  requirePlatform(engine);
  const [npm, compiler] = [await requireNpm(), await requireCompiler()];
  await using _ = yield* lockFolder(root, signal);
  await sweepInstallations(root);
  await requireRoom(root, engine);

  const { folder } = installationOf(engine, root);
  const downloads = path.join(root, "downloads");
  const file = from ?? (yield* fetchWheel(engine.library, downloads, signal));
  yield* newFolder(folder, async function* (temporary) {
    const installation = installationIn(temporary, engine);
    const locked = new URL(`../../engine-packages/${engine.name}/`, import.meta.url);
    yield* installNpmPackage({ npmPackage: engine.npmPackage, locked }, temporary, { npm, signal });
    const libraries = yield* placeLibrary(path.resolve(file), installation, signal);
    const cuda = yield* placeCuda(engine, installation, { downloads, signal });
    yield* compileAddon(installation, { compiler, signal });
    const { versions, triedOn } = yield* checkEngine(engine, temporary, signal);
    await writeEngineMarker(installation.marker, {
      formatVersion: 1,
      engine: engine.name,
      installed: new Date().toISOString(),
      versions,
      source: from === undefined ? `${engine.library.project} ${engine.library.version}` : path.resolve(from),
      libraries,
      cuda,
      triedOn,
    });
    await fs.rm(folder, { recursive: true, force: true });
  });
  // What was given is the user's, wherever it lies.
  if (from === undefined || !path.resolve(from).startsWith(downloads))
    await fs.rm(downloads, { recursive: true, force: true });
  const marker = await readEngineMarker(installationOf(engine, root).marker);
  if (marker === undefined) throw new Error("internal: an engine was installed without its marker");
  return { folder, ...marker };
}

/** Removes what an installation that was killed has left. */
export async function sweepInstallations(root: string): Promise<void> {
  for (const name of await fs.readdir(root)) {
    if (/\.tmp-[0-9a-f]+$/.test(name)) await fs.rm(path.join(root, name), { recursive: true, force: true });
  }
}

export async function requireRoom(
  folder: string,
  { bytes }: Pick<InstallableEngine, "bytes">,
): Promise<void> {
  const disk = await fs.statfs(folder);
  if (disk.bavail * disk.bsize < bytes) throw diskFull(folder, bytes);
}
