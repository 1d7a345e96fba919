// Installs npm's `webgpu` as an engine, into a folder of its own.
import { promises as fs } from "node:fs";
import path from "node:path";
import { lockFolder, newFolder } from "@fleuron/files";
import { ChildFailure, enginesFolder, runInChild, thisPlatform } from "@fleuron/machine";
import { progress, type WorkEvent, warning } from "@fleuron/model";
import {
  type InstallEngineOptions,
  type InstalledEngine,
  installError,
  installNpmPackage,
  readEngineMarker,
  requireNpm,
  requireRoom,
  sweepInstallations,
  writeEngineMarker,
} from "@fleuron/tensorflow";
import type { WebgpuCheckOptions } from "./check-worker.js";
import type { FoundAdapter } from "./dawn.js";
import { installationIn, installationOf, unsupported } from "./installation.js";

/** Disk space that it takes. */
const BYTES = 250e6;
const locked = new URL("../../engine-packages/webgpu/", import.meta.url);

/**
 * Ends with a training step that agrees with `onnx-cpu`, where there is an adapter; when anything fails, what was there
 * before stays.
 *
 * @throws FleuronError "platform-unsupported", "program-missing", "program-failed", "engine-check-failed", `disk-full`,
 * `folder-unwritable`; `signal.reason`.
 */
export async function* installWebgpu({
  folder: given,
  signal,
}: Pick<InstallEngineOptions, "folder" | "signal">): AsyncGenerator<WorkEvent, InstalledEngine> {
  const why = unsupported(thisPlatform());
  if (why !== undefined) {
    throw installError("platform-unsupported", `The engine webgpu cannot be installed here: ${why}.`, {
      subject: "webgpu",
      hint: "The engine auto takes what works here.",
    });
  }
  const root = enginesFolder(given);
  const npm = await requireNpm();
  await using _ = yield* lockFolder(root, signal);
  await sweepInstallations(root);
  await requireRoom(root, { bytes: BYTES });
  const { folder, marker } = installationOf(given);
  yield* newFolder(folder, async function* (temporary) {
    yield* installNpmPackage({ npmPackage: "webgpu", locked }, temporary, { npm, signal });
    const installation = installationIn(temporary);
    const version = await versionIn(installation.npmPackage);
    const adapter = yield* check({ folder: temporary, version }, signal);
    await writeEngineMarker(installation.marker, {
      formatVersion: 1,
      engine: "webgpu",
      installed: new Date().toISOString(),
      versions: { webgpu: version },
      source: `npm's webgpu ${version}`,
      libraries: {},
      cuda: {},
      triedOn: adapter === null || adapter.emulated ? "processor" : "gpu",
    });
    await fs.rm(folder, { recursive: true, force: true });
  });
  const installed = await readEngineMarker(marker);
  if (installed === undefined) throw new Error("internal: an engine was installed without its marker");
  return { folder, ...installed };
}

async function versionIn(npmPackage: string): Promise<string> {
  const text = await fs.readFile(path.join(npmPackage, "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

async function* check(
  options: WebgpuCheckOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, FoundAdapter | null> {
  yield progress("trying the engine", 0, 1, "step");
  const worker = new URL("./check-worker.js", import.meta.url);
  const adapter = await runInChild<FoundAdapter | null>(worker, options, { signal }).catch(
    (error: unknown) => {
      if (!(error instanceof ChildFailure)) throw error;
      throw installError(
        "engine-check-failed",
        `The engine webgpu was installed and does not work: ${error.message}`,
        {
          subject: "webgpu",
          hint: "It was not kept.",
          cause: error,
        },
      );
    },
  );
  yield progress("trying the engine", 1, 1, "step");
  if (adapter === null) yield warning("gpu-untried", "Dawn finds no adapter: nothing was tried.");
  else if (adapter.emulated)
    yield warning("gpu-untried", `The step was tried on ${adapter.words}: a processor that plays a GPU.`);
  return adapter;
}
