import { promises as fs } from "node:fs";
import { totalmem } from "node:os";
import path from "node:path";
import type { Surroundings } from "@fleuron/training";
import { bad, type Finding, good } from "@fleuron/training";
import { bfloat16Flag, fasterInBfloat16 } from "./bfloat16.js";

const NODE_MINIMUM = [20, 19] as const;
/** A step of AlexNet with 32 photos takes 1.6 GB. */
const MEMORY = 4e9;
/** A run at full width keeps two checkpoints of 233 and 467 MB, and writes a third before it drops one. */
const DISK = 1.5e9;

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/** Node, the processor, memory and disk: what every engine shares. */
export async function lookAtMachine({
  node,
  platform,
  processor,
  engines,
}: Surroundings): Promise<readonly Finding[]> {
  const [major, minor] = node.version.split(".").map(Number) as [number, number];
  const recent = major > NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor >= NODE_MINIMUM[1]);
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const disk = await freeDisk(engines);
  const glibc = platform.glibc === undefined ? "" : `, glibc ${platform.glibc}`;
  return [
    recent
      ? good("Node", node.version)
      : bad("Node", node.version, `Install Node ${NODE_MINIMUM.join(".")} or newer.`),
    good("system", `${platform.system} ${platform.arch}${glibc}`),
    good("processor", `${processor.model}, ${precisionOf(processor)}`),
    memory >= MEMORY
      ? good("memory", gigabytes(memory))
      : bad("memory", gigabytes(memory), "Train with `width` 0.5, or a smaller `batchSize`."),
    disk >= DISK
      ? good("disk", `${gigabytes(disk)} free for engines`)
      : bad(
          "disk",
          `${gigabytes(disk)} free for engines`,
          "Free some space, or name a folder on another disk in FLEURON_ENGINES.",
        ),
  ];
}

function precisionOf(processor: Surroundings["processor"]): string {
  const flag = bfloat16Flag(processor.flags);
  if (flag === undefined) return "no bfloat16";
  return fasterInBfloat16(processor) ? `bfloat16 (${flag})` : `bfloat16 (${flag}), slower than float32`;
}

/** The free bytes of the disk that `folder` would lie on. */
async function freeDisk(folder: string): Promise<number> {
  for (let at = folder; ; at = path.dirname(at)) {
    const disk = await fs.statfs(at).catch(() => undefined);
    if (disk !== undefined) return disk.bavail * disk.bsize;
    if (at === path.dirname(at)) return 0;
  }
}
