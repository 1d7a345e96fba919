// This machine as engines see it.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import type { Surroundings } from "@fleuron/training";
import { enginesFolder } from "./engines-folder.js";
import { thisPlatform } from "./platform.js";

const LIBRARY_FOLDERS = [
  "/usr/lib/x86_64-linux-gnu",
  "/lib/x86_64-linux-gnu",
  "/usr/lib64",
  "/usr/lib",
  "/usr/local/lib",
  "/usr/local/cuda/lib64",
  "/usr/local/nvidia/lib64",
  "/usr/lib/wsl/lib",
  "/run/opengl-driver/lib",
];

export function thisMachine(): Surroundings {
  const own = (process.env.LD_LIBRARY_PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return {
    platform: thisPlatform(),
    distribution: distributionOf(read("/etc/os-release")),
    node: { version: process.versions.node, nodeApi: Number(process.versions.napi) },
    searchPath: process.env.PATH ?? "",
    libraryFolders: [...own, ...LIBRARY_FOLDERS],
    visibleGpus: process.env.CUDA_VISIBLE_DEVICES,
    engines: enginesFolder(),
    processor: thisProcessor(),
  };
}

export const thisProcessor = (): Surroundings["processor"] => ({
  model: cpus()[0]?.model.trim() ?? "unknown",
  flags: flagsOf(read("/proc/cpuinfo")),
});

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

const distributionOf = (osRelease: string): readonly string[] =>
  [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, ids = ""]) => ids.split(" "));

const flagsOf = (cpuinfo: string): readonly string[] =>
  /^flags\s*:\s*(.*)$/m.exec(cpuinfo)?.[1]?.split(" ") ?? [];
