// Dawn, loaded from where it is installed, and the adapter that it finds.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { isEmulated } from "@fleuron/graph/webgpu";
import type { WebgpuInstallation } from "./installation.js";

interface Dawn {
  create(options: readonly string[]): GPU;
}

/** Dawn needs this object for as long as it computes. */
let gpu: GPU | undefined;

/** Dawn's first adapter; undefined where it finds none. */
export async function findAdapter({ npmPackage }: WebgpuInstallation): Promise<GPUAdapter | undefined> {
  if (gpu === undefined) {
    const { create } = (await import(pathToFileURL(path.join(npmPackage, "index.js")).href)) as Dawn;
    // Software compiles the zeroing of a workgroup's memory for seconds; no kernel reads what it has not written.
    gpu = create(["enable-dawn-features=disable_workgroup_init"]);
  }
  return (await gpu.requestAdapter({ powerPreference: "high-performance" })) ?? undefined;
}

/** An adapter as plain data. */
export interface FoundAdapter {
  /** "NVIDIA A10, driver 550.54.15". */
  readonly words: string;
  /** Whether a processor plays the GPU. */
  readonly emulated: boolean;
}

export function described({ info }: GPUAdapter): FoundAdapter {
  const words = [info.device, info.description].filter((each) => each !== "").join(", ") || info.vendor;
  return { words, emulated: isEmulated(info) };
}
