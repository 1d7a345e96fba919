// What the suite writes with --json: an entry for each fault, kept until it is tried again.
import { readFile } from "node:fs/promises";
import { replaceTextFile } from "@fleuron/files";
import * as v from "valibot";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const entrySchema = v.strictObject({
  fault: v.string(),
  what: v.string(),
  /** To try it again with the same seeds. */
  command: v.string(),
  /** ISO time of its beginning. */
  began: v.string(),
  seconds: v.number(),
  processor: v.string(),
  system: v.string(),
  seed: count,
  tried: count,
  survived: count,
  lost: v.array(v.strictObject({ seed: count, kind: v.string(), what: v.string() })),
  /** How often each kind was tried. */
  kinds: v.record(v.string(), count),
  /** Why it was not tried. */
  skipped: v.optional(v.string()),
});

const resultsSchema = v.strictObject({ formatVersion: v.literal(1), faults: v.array(entrySchema) });

export type Entry = v.InferOutput<typeof entrySchema>;
export type Results = v.InferOutput<typeof resultsSchema>;

/** None where there is no such file yet. */
export async function readResults(file: string): Promise<Results> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? { formatVersion: 1, faults: [] } : v.parse(resultsSchema, JSON.parse(text));
}

/** Puts an entry in the place of the one of the same fault. */
export async function writeResult(file: string, entry: Entry): Promise<void> {
  const { faults } = await readResults(file);
  const others = faults.filter(({ fault }) => fault !== entry.fault);
  const results: Results = { formatVersion: 1, faults: [...others, entry] };
  await replaceTextFile(file, `${JSON.stringify(results, null, 2)}\n`);
}
