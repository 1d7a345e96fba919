// An NVIDIA GPU and its driver.
import { promises as fs } from "node:fs";
import path from "node:path";
import type { Surroundings } from "@fleuron/training";
import { bad, type Finding, firstBad, good } from "@fleuron/training";
import { findProgram, runProgram } from "../programs/program.js";

/** What somebody's kernels ask of a GPU and its driver: https://docs.nvidia.com/deploy/cuda-compatibility/ */
export interface CudaNeeds {
  /** Whose kernels: "TensorFlow 2.21". */
  readonly library: string;
  /** "CUDA 12". */
  readonly cuda: string;
  /** The oldest driver that it runs on. */
  readonly driver: number;
  /** The oldest driver that compiles its kernels, for GPUs from {@link COMPILED_FROM} on. */
  readonly compilingDriver: number;
  /** The oldest compute capability that it has kernels for. */
  readonly capability: number;
}

/** `build_info.py` of its wheel names the capabilities; it was built with CUDA 12.5. */
const TENSORFLOW: CudaNeeds = {
  library: "TensorFlow 2.21",
  cuda: "CUDA 12",
  driver: 525,
  compilingDriver: 555,
  capability: 6,
};
/** From here on the driver compiles TensorFlow's kernels: as machine code it brings them up to 8.9. */
export const COMPILED_FROM = 9;
const QUERY = ["--query-gpu=name,driver_version,memory.total,compute_cap", "--format=csv,noheader"];
const GPU = "NVIDIA GPU";
const installDriver = ({ driver, cuda }: CudaNeeds) =>
  `Install NVIDIA's driver ${driver} or newer, for ${cuda}`;

/** A GPU that works. */
export interface NvidiaGpu {
  /** Name, memory, compute capability and driver, in words. */
  readonly words: string;
  /** The compute capability, such as 8.6. */
  readonly capability: number;
}

const installCompiler = ({ library, compilingDriver }: CudaNeeds) =>
  `Install NVIDIA's driver ${compilingDriver} or newer: it compiles the kernels of ${library} for this GPU`;

interface Looked {
  /** What was found about the first GPU and its driver, until the first that is missing; none where no driver was ever installed. */
  readonly findings: readonly Finding[];
  readonly gpu?: NvidiaGpu;
}

/** The GPU and its driver, until the first that is missing; nothing where no driver was ever installed. */
export const lookAtGpu = async (
  surroundings: Surroundings,
  needs = TENSORFLOW,
): Promise<readonly Finding[]> => (await inspect(surroundings, needs)).findings;

/** As {@link lookAtGpu}, for what cannot do without one. */
export async function requiredGpu(
  surroundings: Surroundings,
  needs = TENSORFLOW,
): Promise<readonly Finding[]> {
  const findings = await lookAtGpu(surroundings, needs);
  if (findings.length > 0) return findings;
  const hint = `${installDriver(needs)}, where there is a GPU of NVIDIA: docs/gpu.md.`;
  return [bad(GPU, "none: there is no nvidia-smi on PATH", hint)];
}

/** The first GPU; undefined where there is none that works. */
export async function nvidiaGpu(
  surroundings: Surroundings,
  needs = TENSORFLOW,
): Promise<NvidiaGpu | undefined> {
  const { findings, gpu } = await inspect(surroundings, needs);
  return firstBad(findings) === undefined ? gpu : undefined;
}

/** The compute capability of the first GPU, such as 8.6; undefined where there is none that works. */
export const computeCapability = async (surroundings: Surroundings): Promise<number | undefined> =>
  (await nvidiaGpu(surroundings))?.capability;

async function inspect(
  { searchPath, visibleGpus = "0", libraryFolders }: Surroundings,
  needs: CudaNeeds,
): Promise<Looked> {
  const smi = await findProgram(["nvidia-smi"], searchPath);
  if (smi === undefined) return { findings: [] };
  const { finding, gpu } = await askDriver(smi, needs, visibleGpus);
  if (!finding.ok || gpu === undefined) return { findings: [finding] };
  if (/^(-1)?$/.test(visibleGpus)) {
    const found = `CUDA_VISIBLE_DEVICES is '${visibleGpus}', which hides it`;
    return { findings: [bad(GPU, found, "Unset it, or name a GPU: CUDA_VISIBLE_DEVICES=0.")] };
  }
  const driver = await findLibrary("libcuda.so.1", libraryFolders);
  if (driver !== undefined) return { findings: [finding, good("libcuda", driver)], gpu };
  const hint = "Install the driver's libraries too; in a container, start it with the NVIDIA runtime.";
  return { findings: [finding, bad("libcuda", "libcuda.so.1 is in none of the system's folders", hint)] };
}

async function askDriver(
  smi: string,
  needs: CudaNeeds,
  visibleGpus: string,
): Promise<{ readonly finding: Finding; readonly gpu?: NvidiaGpu }> {
  const broken = (found: string, hint: string) => ({ finding: bad(GPU, found, hint) });
  // By number as the driver counts, which CUDA does where CUDA_DEVICE_ORDER is PCI_BUS_ID or the GPUs are alike.
  const [first = ""] = visibleGpus.split(",");
  const chosen = /^(\d+|GPU-[\w-]+)$/.test(first) ? [`--id=${first}`] : [];
  try {
    const { stdout } = await runProgram(smi, [...QUERY, ...chosen], { task: "name the GPUs" });
    const [name, version, memory, capability] = stdout.trim().split("\n")[0]!.split(", ") as [
      string,
      string,
      string,
      string,
    ];
    if (!name || !/^\d+\.\d+/.test(version ?? ""))
      return broken("nvidia-smi names none", "Check that the GPU is given to this machine.");
    const found = `${name}, ${memory}, compute capability ${capability}, driver ${version}`;
    const driver = Number.parseInt(version, 10);
    if (driver < needs.driver) return broken(found, `${installDriver(needs)}.`);
    if (Number(capability) >= COMPILED_FROM && driver < needs.compilingDriver)
      return broken(found, `${installCompiler(needs)}.`);
    if (!(Number(capability) >= needs.capability))
      return broken(
        found,
        `${needs.library} computes on GPUs of compute capability ${needs.capability} and newer.`,
      );
    return { finding: good(GPU, found), gpu: { words: found, capability: Number(capability) } };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (chosen.length > 0 && words.includes("No devices were found")) {
      const found = `CUDA_VISIBLE_DEVICES is '${visibleGpus}', and there is no such GPU`;
      return broken(found, "Unset it, or name a GPU: CUDA_VISIBLE_DEVICES=0.");
    }
    const old = words.includes("not a valid field");
    return broken(
      old ? "its driver is too old to tell its compute capability" : words,
      old
        ? `${installDriver(needs)}.`
        : "Restart the machine after a driver's update, or install the driver anew.",
    );
  }
}

async function findLibrary(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, name);
    if ((await fs.stat(file).catch(() => undefined)) !== undefined) return file;
  }
  return undefined;
}
