// WebGPU computed by the processor: Dawn, as npm's `webgpu` has it, on the SwiftShader that comes with Chromium or on the
// driver that FLEURON_VULKAN_DRIVER names, the `lvp_icd.json` of Mesa's lavapipe for one.
import { existsSync, realpathSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "@fleuron/chromium";

export interface SoftwareGpu {
  /** A new device on which nothing may go wrong: what does is an error of the test that runs. */
  device(descriptor?: GPUDeviceDescriptor): Promise<GPUDevice>;
}

interface Dawn {
  create(options: readonly string[]): GPU;
}

const LOADER = "libvulkan.so.1";
const DRIVER = "vk_swiftshader_icd.json";
/** Debian's `chromium` is a script; what it starts lies here. */
const DEBIAN = "/usr/lib/chromium";
/** A flag of dlopen(3): what is loaded stays loaded, although it is no addon of Node. */
const RTLD_NODELETE = 0x1000;

export interface SoftwareVulkan {
  /** What a process needs in its environment to find it. */
  readonly environment: { readonly LD_LIBRARY_PATH: string; readonly VK_DRIVER_FILES: string };
  /** The folder of npm's `webgpu`. */
  readonly dawn: string;
}

/** Vulkan's loader and a driver in software, or why there is none here, for the title of a skipped test. */
export async function softwareVulkan(): Promise<SoftwareVulkan | string> {
  if (process.platform !== "linux") return "SwiftShader is looked for on Linux alone";
  const named = process.env.FLEURON_VULKAN_DRIVER;
  if (named && !existsSync(named)) return `FLEURON_VULKAN_DRIVER names ${named}, which is not there`;
  const found = await findChromium().catch((error: Error) => error.message);
  if (typeof found === "string") return found;
  const { executablePath } = found;
  const folder = [dirname(realpathSync(executablePath)), DEBIAN].find((each) =>
    [LOADER, DRIVER].every((file) => existsSync(join(each, file))),
  );
  if (folder === undefined) return `no SwiftShader lies beside ${executablePath}`;
  return {
    environment: { LD_LIBRARY_PATH: folder, VK_DRIVER_FILES: named || join(folder, DRIVER) },
    dawn: dirname(fileURLToPath(import.meta.resolve("webgpu"))),
  };
}

/** The GPU, or why there is none here. */
export async function softwareGpu(): Promise<SoftwareGpu | string> {
  const vulkan = await softwareVulkan();
  if (typeof vulkan === "string") return vulkan;
  loadForGood(join(vulkan.environment.LD_LIBRARY_PATH, LOADER));
  process.env.VK_DRIVER_FILES = vulkan.environment.VK_DRIVER_FILES;
  const dawn: string = "webgpu";
  const { create } = (await import(dawn)) as Dawn;
  // SwiftShader compiles the zeroing of a workgroup's memory for seconds. Dawn needs the object to be referenced for good.
  const gpu = create(["enable-dawn-features=disable_workgroup_init"]);
  Object.assign(globalThis, { softwareGpu: gpu });
  if ((await gpu.requestAdapter()) === null)
    return `Dawn finds no adapter with ${process.env.VK_DRIVER_FILES}`;
  return {
    async device(descriptor) {
      // An adapter makes one device.
      const adapter = await gpu.requestAdapter();
      const device = await adapter!.requestDevice(descriptor);
      device.addEventListener("uncapturederror", ({ error }) => {
        throw new Error(error.message);
      });
      return device;
    },
  };
}

/** A library of that name that is opened from now on is this one: Dawn looks for the loader by its name alone. */
function loadForGood(library: string): void {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch {
    // It is no addon.
  }
}
