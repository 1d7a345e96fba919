/**
 * What is remembered about the photos of one dataset folder, so that a second run neither hashes nor decodes
 * what did not change. A file of two lines: a header with the checksum of the second, and the records.
 */
import { promises as fs } from "node:fs";
import { crc32 } from "node:zlib";
import { writeAtomically } from "@fleuron/files";
import * as v from "valibot";

const outcomeSchema = v.variant("readable", [
  v.object({
    readable: v.literal(true),
    /** SHA-256 of the decoded photo. */
    contentHash: v.string(),
    /** The size of the stored pixels. */
    width: v.number(),
    height: v.number(),
    /** Absent in indexes from before there was one; see {@link isWhole}. */
    fingerprint: v.optional(v.string()),
  }),
  v.object({ readable: v.literal(false), code: v.string(), message: v.string() }),
]);

const recordSchema = v.object({
  path: v.string(),
  /** The file's stamp; while it stays the same, so does the rest. Empty: the file could not be seen. */
  stamp: v.string(),
  fileHash: v.string(),
  /** `undefined`: not decoded yet. */
  outcome: v.optional(outcomeSchema),
});

const headerSchema = v.object({
  format: v.literal("fleuron-photo-index"),
  formatVersion: v.literal(1),
  root: v.string(),
  crc32: v.number(),
});

export type PhotoOutcome = v.InferOutput<typeof outcomeSchema>;
export type PhotoRecord = v.InferOutput<typeof recordSchema>;

/** Whether all is known that is to be known: a readable photo without a fingerprint is looked at again. */
export const isWhole = ({ outcome }: PhotoRecord): boolean =>
  outcome?.readable !== true || outcome.fingerprint !== undefined;

/** Records by path; none if there is no index, or a damaged one, or one of another version or folder. */
export async function readIndex(file: string, root: string): Promise<Map<string, PhotoRecord>> {
  try {
    const [first = "", second = ""] = (await fs.readFile(file, "utf8")).split("\n");
    const header = v.parse(headerSchema, JSON.parse(first));
    if (header.root !== root || header.crc32 !== crc32(second)) return new Map();
    const records = v.parse(v.array(recordSchema), JSON.parse(second));
    return new Map(records.map((record) => [record.path, record]));
  } catch {
    return new Map();
  }
}

export async function writeIndex(file: string, root: string, records: Iterable<PhotoRecord>): Promise<void> {
  const second = JSON.stringify([...records]);
  const header: v.InferOutput<typeof headerSchema> = {
    format: "fleuron-photo-index",
    formatVersion: 1,
    root,
    crc32: crc32(second),
  };
  await writeAtomically(file, [Buffer.from(`${JSON.stringify(header)}\n${second}`)]);
}
