import type { FileHandle } from "node:fs/promises";

/**
 * Fills bytes with those of a file from a position on. A read may give fewer than it was asked for.
 * @returns how many there were: fewer than asked for at the file's end.
 */
export async function readWhole(
  handle: Pick<FileHandle, "read">,
  bytes: Uint8Array,
  position: number,
): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
