// Seeds, some at a time, and that none leaves files open.
import { readdirSync } from "node:fs";
import { must } from "../lost.js";
import type { Parser } from "./parser.js";
import type { Whole } from "./parsers/index.js";
import { openReader, type ReadBatch } from "./reader.js";
import type { Batch } from "./worker.js";

const AT_ONCE = 1000;
/** Files that inputs of one batch may leave open. */
const MOST_LEFT_OPEN = 20;

interface ReadBatchesOptions {
  /** Where a parser has samples of it. */
  readonly whole?: Whole;
  readonly parsers: readonly Parser[];
  readonly seed: number;
  readonly times: number;
}

export async function* readBatches({
  whole,
  parsers,
  seed,
  times,
}: ReadBatchesOptions): AsyncGenerator<ReadBatch & { readonly batch: Batch }, void> {
  await using reader = await openReader(whole, parsers);
  for (let first = seed; first < seed + times; first += AT_ONCE) {
    const batch = { first, count: Math.min(AT_ONCE, seed + times - first) };
    const before = openFiles();
    const read = await reader.read(batch);
    must(openFiles() - before <= MOST_LEFT_OPEN, () => `${openFiles() - before} more files are open`);
    yield { batch, ...read };
  }
}

/** The number of files that this process has open; 0 where the system does not say. */
function openFiles(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return 0;
  }
}
