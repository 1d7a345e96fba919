import { type InstalledModule, measuredSuitability, readEngineMarker } from "@fleuron/installer";
import { thisMachine } from "@fleuron/machine";
import { requireWorking } from "@fleuron/training";
import { installationOf } from "../webgpu/installation.js";
import { webgpuInstaller } from "../webgpu/installer.js";
import { findWebgpuAdapter, INSTALL, lookAtWebgpu } from "../webgpu/look.js";

/** WebGPU through Dawn, on any GPU: installed by `fleuron engine install webgpu`. */
export const webgpu: InstalledModule = {
  name: "webgpu",
  precisions: ["float32"],
  setUp: INSTALL,
  installer: webgpuInstaller,
  ownProcess: { logVariable: "VK_LOADER_DEBUG" },
  ownMemory: true,
  async suits({ engines }) {
    return measuredSuitability(await readEngineMarker(installationOf(engines).marker), 25);
  },
  probe: lookAtWebgpu,
  findDevice: findWebgpuAdapter,
  async create(plan, { deterministic = false } = {}) {
    requireWorking("webgpu", await lookAtWebgpu(thisMachine()));
    const installation = installationOf();
    const marker = await readEngineMarker(installation.marker);
    const version = marker?.versions.webgpu ?? "unknown";
    const { openWebgpuEngine } = await import("../webgpu/open-engine.js");
    return openWebgpuEngine(plan, installation, { version, deterministic });
  },
};
