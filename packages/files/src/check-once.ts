// A file that was found to be right is not read again while nobody has touched it.
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileStamp } from "./file-stamp.js";
import { writeAtomically } from "./write-atomically.js";

/** A file that was changed so recently may be changed again without another time: clocks of disks tick slowly. */
const SETTLED_MILLISECONDS = 2000;

export interface CheckOnceOptions {
  /** The folder of the notes; those that cannot be written are none. */
  readonly notes: string;
  /** The file. */
  readonly path: string;
  /** What it is compared with: another text, another check. */
  readonly expected: string;
  /** Throws where the file is wrong. */
  readonly check: () => Promise<void>;
}

/**
 * Checks a file, unless a note says that it was right and what the system says of it (size, times, identity) is what it was then.
 * @throws what `check` throws.
 */
export async function checkOnce({ notes, path, expected, check }: CheckOnceOptions): Promise<void> {
  const [note, wanted] = [join(notes, sha256(path)), sha256(expected)];
  const before = await stampOf(path);
  const known = await readFile(note, "utf8").catch(() => undefined);
  if (before && known === `${before.stamp} ${wanted}`) return;
  await check();
  if (!before?.isSettled || (await stampOf(path))?.stamp !== before.stamp) return;
  const text = new TextEncoder().encode(`${before.stamp} ${wanted}`);
  await writeAtomically(note, [text]).catch(() => undefined);
}

/** Undefined where there is none: looking into it says why. */
async function stampOf(path: string) {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return undefined;
  const touched = Math.max(Number(found.mtimeMs), Number(found.ctimeMs));
  return {
    stamp: fileStamp(found),
    isSettled: touched < Date.now() - SETTLED_MILLISECONDS,
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
