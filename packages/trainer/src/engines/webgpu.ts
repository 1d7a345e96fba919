import { type InstalledModule, readEngineMarker } from "@fleuron/installer";
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
  /** Only where its installation has computed on a GPU: an emulated one is slower than the processor that it runs on. */
  async suits({ engines }) {
    const marker = await readEngineMarker(installationOf(engines).marker);
    if (marker?.triedOn !== "gpu") return undefined;
    return { rank: 25, reason: "the fastest here: there is a GPU" };
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
