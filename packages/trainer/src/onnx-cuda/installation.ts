// Where onnxruntime with its CUDA provider is installed as an engine, and its parts.
import path from "node:path";
import { engineFolder, installCommand, markerIn } from "@fleuron/installer";
import type { Platform } from "@fleuron/training";

export const NAME = "onnx-cuda";
export const INSTALL = installCommand(NAME);

export interface OnnxCudaInstallation {
  readonly folder: string;
  /** A copy of npm's onnxruntime-node. */
  readonly npmPackage: string;
  /** The folder of its addon, where onnxruntime looks for its providers. */
  readonly providers: string;
  /** The folder of CUDA, with a folder for each part. */
  readonly cuda: string;
  readonly marker: string;
}

export function installationIn(folder: string): OnnxCudaInstallation {
  const npmPackage = path.join(folder, "node_modules/onnxruntime-node");
  return {
    folder,
    npmPackage,
    providers: path.join(npmPackage, ADDON),
    cuda: path.join(folder, "cuda"),
    marker: markerIn(folder),
  };
}

/** The folder of the addon below that of npm's onnxruntime-node. */
export const ADDON = "bin/napi-v6/linux/x64";

/** @param engines the folder that engines lie in, where it is not the usual one. */
export const installationOf = (engines?: string): OnnxCudaInstallation =>
  installationIn(engineFolder(NAME, engines));

/** The oldest glibc that the wheel runs on: manylinux_2_28. */
const GLIBC = 28;

/** Why it cannot be installed there; undefined where it can. */
export function unsupported({ system, arch, glibc }: Platform): string | undefined {
  if (system !== "linux" || arch !== "x64")
    return `it exists for Linux on x64, and this is ${system} on ${arch}`;
  const [major, minor] = (glibc ?? "0.0").split(".").map(Number) as [number, number];
  if (major > 2 || (major === 2 && minor >= GLIBC)) return undefined;
  return `onnxruntime's CUDA provider needs glibc 2.${GLIBC}, and this system has ${glibc ?? "another C library"}`;
}
