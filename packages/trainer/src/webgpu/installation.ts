// Where npm's `webgpu` (Dawn) is installed as an engine, and its parts.
import path from "node:path";
import { engineFolder, markerIn } from "@fleuron/installer";
import type { Platform } from "@fleuron/training";

export interface WebgpuInstallation {
  readonly folder: string;
  /** The folder of the npm package. */
  readonly npmPackage: string;
  /** Written last: it says that the rest is there. */
  readonly marker: string;
  /** The tiles that were measured on the GPUs of this machine. */
  readonly tiles: string;
}

export const installationIn = (folder: string): WebgpuInstallation => ({
  folder,
  npmPackage: path.join(folder, "node_modules/webgpu"),
  marker: markerIn(folder),
  tiles: path.join(folder, "tiles.json"),
});

export const installationOf = (engines?: string): WebgpuInstallation =>
  installationIn(engineFolder("webgpu", engines));

/** What npm's package has a Dawn for. */
const PLATFORMS = ["darwin arm64", "darwin x64", "linux arm64", "linux x64", "win32 arm64", "win32 x64"];

/** Why it cannot be installed there; undefined where it can. */
export const unsupported = ({ system, arch }: Platform): string | undefined =>
  PLATFORMS.includes(`${system} ${arch}`) ? undefined : `Dawn is not made for ${system} on ${arch}`;
