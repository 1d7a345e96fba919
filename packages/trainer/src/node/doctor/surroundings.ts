// The machine as far as the doctor looks at it; tests hand in broken ones.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { enginesFolder } from "../engine-install/installation.js";
import { type Platform, thisPlatform } from "../engine-install/platform.js";

export interface Surroundings {
  readonly platform: Platform;
  /** `ID` and `ID_LIKE` of os-release(5): "debian", "fedora". */
  readonly distribution: readonly string[];
  readonly node: { readonly version: string; readonly nodeApi: number };
  /** As in the environment variable PATH. */
  readonly searchPath: string;
  /** Folders in which the system looks for libraries. */
  readonly libraryFolders: readonly string[];
  /** The environment variable CUDA_VISIBLE_DEVICES. */
  readonly visibleGpus?: string | undefined;
  /** Where engines are installed. */
  readonly engines: string;
  readonly processor: {
    readonly model: string;
    /** As in /proc/cpuinfo: "avx2", "avx512_bf16". Empty where the system does not tell. */
    readonly flags: readonly string[];
  };
}

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
    processor: { model: cpus()[0]?.model.trim() ?? "unknown", flags: flagsOf(read("/proc/cpuinfo")) },
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

const distributionOf = (osRelease: string): readonly string[] =>
  [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, ids]) => ids.split(" "));

const flagsOf = (cpuinfo: string): readonly string[] =>
  /^flags\s*:\s*(.*)$/m.exec(cpuinfo)?.[1].split(" ") ?? [];
