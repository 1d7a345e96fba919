// What the engine needs, part by part, and the adapter: looked for in a child, where Dawn is loaded.
import { existsSync, promises as fs } from "node:fs";
import path from "node:path";
import { deviceFound, installCommand, lookAtMeasured, readEngineMarker } from "@fleuron/installer";
import { runInChild } from "@fleuron/machine";
import { bad, type Finding, good, type Surroundings } from "@fleuron/training";
import type { FoundAdapter } from "./dawn.js";
import { installationOf, unsupported } from "./installation.js";

export const INSTALL = installCommand("webgpu");
const LOADER = "libvulkan.so.1";

/** What is there, until the first part that is missing; nothing is loaded. */
export async function lookAtWebgpu(surroundings: Surroundings): Promise<readonly Finding[]> {
  const why = unsupported(surroundings.platform);
  if (why !== undefined) return [bad("system", why, "The engine auto takes what works here.", "unsupported")];
  const { folder, marker, npmPackage } = installationOf(surroundings.engines);
  const installed = await readEngineMarker(marker);
  if (installed === undefined) return [bad("installed", "no", INSTALL, "not-installed")];
  const findings = [good("installed", folder), lookAtMeasured(installed)];
  const there = await fs.stat(path.join(npmPackage, "package.json")).catch(() => undefined);
  if (there === undefined)
    return [
      ...findings,
      bad("npm package", `webgpu is not in ${folder}`, `${INSTALL} (it replaces what is there)`),
    ];
  findings.push(good("npm package", `webgpu ${installed.versions.webgpu ?? "unknown"}`));
  return surroundings.platform.system === "linux" ? [...findings, vulkanLoader(surroundings)] : findings;
}

/** Linux' Dawn computes by Vulkan, whose loader finds the drivers. */
function vulkanLoader({ libraryFolders, distribution }: Surroundings): Finding {
  const what = "Vulkan loader";
  const found = libraryFolders.map((folder) => path.join(folder, LOADER)).find((file) => existsSync(file));
  if (found !== undefined) return good(what, found);
  const name = distribution.includes("debian") ? "libvulkan1" : "vulkan-loader";
  return bad(what, `there is no ${LOADER}`, `Install the package ${name} and the Vulkan driver of the GPU.`);
}

/** The adapter that Dawn finds: a processor that plays a GPU is one, to those who ask for the engine by its name. */
export async function findWebgpuAdapter({ engines }: Surroundings): Promise<Finding> {
  const what = "adapter";
  const hint =
    "Install the Vulkan driver of the GPU: mesa-vulkan-drivers for AMD and Intel, NVIDIA's own for NVIDIA.";
  const { folder, marker } = installationOf(engines);
  let log = "";
  const found = await runInChild<FoundAdapter | null>(
    new URL("./adapter-worker.js", import.meta.url),
    { folder },
    {
      onStderr: (text) => {
        log += text;
      },
    },
  ).catch((error: unknown) => String(error));
  if (found === null) return bad(what, `none${lastWords(log)}`, hint, "no-usable-gpu");
  if (typeof found === "string")
    return bad(what, `Dawn cannot be loaded: ${found}`, `${INSTALL} reinstalls it.`);
  const device = found.emulated ? `${found.words}: a processor plays the GPU` : found.words;
  return deviceFound(what, device, await readEngineMarker(marker));
}

const lastWords = (log: string): string => {
  const [, words] = /Warning: (.*)/.exec(log) ?? [];
  return words === undefined ? "" : `: ${words}`;
};
