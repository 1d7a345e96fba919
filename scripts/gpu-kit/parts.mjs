// A file as parts that can be carried one by one, and their hashes.
import { createHash } from "node:crypto";
import { open, writeFile } from "node:fs/promises";
import path from "node:path";

/** The largest part: what takes files of 64 MiB takes it with room to spare. */
export const MAX_PART = 56 * 2 ** 20;

const CHUNK = 2 ** 20;

/**
 * Writes `FILE.00`, `FILE.01` and so on into a folder, and their hashes as `SHA256SUMS`, as `sha256sum --check` reads
 * them; joined in the order of their names they are the file.
 */
export async function writeParts(file, folder, { maxBytes = MAX_PART } = {}) {
  const source = await open(file);
  try {
    const { size } = await source.stat();
    const count = Math.max(1, Math.ceil(size / maxBytes));
    if (count > 100) throw new Error(`${file} would be ${count} parts, and their names have two digits.`);
    const sums = [];
    for (let index = 0; index < count; index++) {
      const name = `${path.basename(file)}.${String(index).padStart(2, "0")}`;
      const start = index * maxBytes;
      const hash = await copy(
        source,
        { start, end: Math.min(size, start + maxBytes) },
        path.join(folder, name),
      );
      sums.push(`${hash}  ${name}\n`);
    }
    await writeFile(path.join(folder, "SHA256SUMS"), sums.join(""));
    return count;
  } finally {
    await source.close();
  }
}

/** Copies a range of bytes, and returns its hash. */
async function copy(source, { start, end }, to) {
  const hash = createHash("sha256");
  const target = await open(to, "w");
  try {
    const chunk = Buffer.alloc(CHUNK);
    for (let at = start; at < end; ) {
      const { bytesRead } = await source.read(chunk, 0, Math.min(CHUNK, end - at), at);
      if (bytesRead === 0) throw new Error(`${to} would be too short: the file shrank while it was read.`);
      const bytes = chunk.subarray(0, bytesRead);
      hash.update(bytes);
      await target.writeFile(bytes);
      at += bytesRead;
    }
  } finally {
    await target.close();
  }
  return hash.digest("hex");
}
