// What is WebGPU's own of an installation: npm's `webgpu`, and a step on the adapter that it finds.
import { promises as fs } from "node:fs";
import path from "node:path";
import {
  type EngineContents,
  type EngineInstaller,
  type FillOptions,
  installNpmPackage,
  requireNpm,
  tryEngine,
} from "@fleuron/installer";
import { type WorkEvent, warning } from "@fleuron/model";
import type { WebgpuCheckOptions } from "./check-worker.js";
import type { FoundAdapter } from "./dawn.js";
import { installationIn, unsupported } from "./installation.js";

const locked = new URL("../../engine-packages/webgpu/", import.meta.url);

export const webgpuInstaller: EngineInstaller = { name: "webgpu", bytes: 250e6, unsupported, fill };

/**
 * Ends with a training step that agrees with `onnx-cpu`, where there is an adapter.
 *
 * @throws FleuronError "program-missing", "program-failed", "engine-check-failed".
 */
async function* fill(folder: string, { signal }: FillOptions): AsyncGenerator<WorkEvent, EngineContents> {
  const npm = await requireNpm();
  yield* installNpmPackage({ npmPackage: "webgpu", locked }, folder, { npm, signal });
  const version = await versionIn(installationIn(folder).npmPackage);
  const question: WebgpuCheckOptions = { folder, version };
  const adapter = yield* tryEngine<FoundAdapter | null>({
    name: "webgpu",
    worker: new URL("./check-worker.js", import.meta.url),
    question,
    hint: "Another driver for the GPU may help.",
    signal,
  });
  if (adapter === null) yield warning("gpu-untried", "Dawn finds no adapter: nothing was tried.");
  else if (adapter.emulated)
    yield warning("gpu-untried", `The step was tried on ${adapter.words}: a processor that plays a GPU.`);
  return {
    versions: { webgpu: version },
    source: `npm's webgpu ${version}`,
    libraries: {},
    cuda: {},
    triedOn: adapter === null || adapter.emulated ? "processor" : "gpu",
  };
}

async function versionIn(npmPackage: string): Promise<string> {
  const text = await fs.readFile(path.join(npmPackage, "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
