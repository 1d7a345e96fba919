// What is TensorFlow's own of an installation: npm's addon, libtensorflow, CUDA's libraries, and the compiler.
import path from "node:path";
import {
  type EngineContents,
  type EngineInstaller,
  type FillOptions,
  fetchWheel,
  installNpmPackage,
  requireNpm,
} from "@fleuron/installer";
import type { WorkEvent } from "@fleuron/model";
import { checkEngine } from "./check-engine.js";
import { compileAddon, requireCompiler } from "./compile-addon.js";
import type { InstallableEngine } from "./installable.js";
import { installationIn } from "./installation.js";
import { placeCuda } from "./library/place-cuda.js";
import { placeLibrary } from "./library/place-library.js";
import { unsupported } from "./platform.js";

export const tensorflowInstaller = (engine: InstallableEngine): EngineInstaller => ({
  name: engine.name,
  bytes: engine.bytes,
  takesFiles: true,
  unsupported,
  fill: (folder, options) => fill(engine, folder, options),
});

/**
 * Ends with a training step that agrees with `onnx-cpu`.
 *
 * @throws FleuronError "program-missing", "program-failed", "library-unfit", "engine-check-failed", `download-…`.
 */
async function* fill(
  engine: InstallableEngine,
  folder: string,
  { from, downloads, signal }: FillOptions,
): AsyncGenerator<WorkEvent, EngineContents> {
  const [npm, compiler] = [await requireNpm(), await requireCompiler()];
  const file = from ?? (yield* fetchWheel(engine.library, downloads, signal));
  const installation = installationIn(folder, engine);
  const locked = new URL(`../../engine-packages/${engine.name}/`, import.meta.url);
  yield* installNpmPackage({ npmPackage: engine.npmPackage, locked }, folder, { npm, signal });
  const libraries = yield* placeLibrary(path.resolve(file), installation, signal);
  const cuda = yield* placeCuda(engine, installation, { downloads, signal });
  yield* compileAddon(installation, { compiler, signal });
  const { versions, triedOn } = yield* checkEngine(engine, folder, signal);
  const { project, version } = engine.library;
  const source = from === undefined ? `${project} ${version}` : path.resolve(from);
  return { versions, source, libraries, cuda, triedOn };
}
