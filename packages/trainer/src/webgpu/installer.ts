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
import type { WebgpuCheck, WebgpuCheckOptions } from "./check-worker.js";
import { installationIn, unsupported } from "./installation.js";

const locked = new URL("../../engine-packages/webgpu/", import.meta.url);

export const webgpuInstaller: EngineInstaller = { name: "webgpu", bytes: 250e6, unsupported, fill };

/**
 * Ends with a training step that agrees with `onnx-cpu`, where there is an adapter, and times both where it is a GPU.
 *
 * @throws FleuronError "program-missing", "program-failed", "engine-check-failed".
 */
async function* fill(folder: string, { signal }: FillOptions): AsyncGenerator<WorkEvent, EngineContents> {
  const npm = await requireNpm();
  yield* installNpmPackage({ npmPackage: "webgpu", locked }, folder, { npm, signal });
  const version = await versionIn(installationIn(folder).npmPackage);
  const question: WebgpuCheckOptions = { folder, version };
  const check = yield* tryEngine<WebgpuCheck | null>({
    name: "webgpu",
    worker: new URL("./check-worker.js", import.meta.url),
    question,
    hint: "Another driver for the GPU may help.",
    signal,
  });
  const untried = whyUntried(check);
  if (untried !== undefined) yield warning("gpu-untried", untried);
  return contentsOf(version, check);
}

function whyUntried(check: WebgpuCheck | null): string | undefined {
  if (check === null) return "Dawn finds no adapter: nothing was tried.";
  const { emulated, words } = check.adapter;
  return emulated ? `The step was tried on ${words}: a processor that plays a GPU.` : undefined;
}

/** What the marker says of it. */
export function contentsOf(version: string, check: WebgpuCheck | null): EngineContents {
  return {
    versions: { webgpu: version },
    source: `npm's webgpu ${version}`,
    libraries: {},
    cuda: {},
    triedOn: check === null || check.adapter.emulated ? "processor" : "gpu",
    ...(check?.times && { measured: { device: check.adapter.words, ...check.times } }),
  };
}

async function versionIn(npmPackage: string): Promise<string> {
  const text = await fs.readFile(path.join(npmPackage, "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
