// One run of a small network on photos of a folder, in a process of its own.
import { join } from "node:path";
import { train } from "@fleuron/trainer";
import { givenOptions, report } from "./in-process.js";
import { peakRssBytes } from "./peak-memory.js";

export interface MemoryRunOptions {
  /** Where `photos` is, and what the run keeps comes. */
  readonly folder: string;
  readonly epochs: number;
}

export interface MemoryRun {
  readonly peakRssBytes: number;
}

const { folder, epochs } = givenOptions<MemoryRunOptions>();
process.env.FLEURON_CACHE = join(folder, "cache");
const size = { width: 0.03, imageSize: 67, threads: 1 };
const places = { data: join(folder, "photos"), out: join(folder, "run") };
for await (const event of train({ recipe: "notebook", ...size, ...places, epochs }))
  if (event.type === "end") report({ peakRssBytes: peakRssBytes() } satisfies MemoryRun);
