import { promises as fs } from "node:fs";
import { detectFormat } from "@fleuron/runtime-node/photos";

/** As many bytes as tell a photo's format. */
const START = 16;

/** Whether a file begins as a JPEG, PNG or WebP does; a file that cannot be opened does not. */
export async function hasPhotoContent(file: string): Promise<boolean> {
  try {
    await using handle = await fs.open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(START), 0, START, 0);
    return detectFormat(buffer.subarray(0, bytesRead))?.supported === true;
  } catch {
    return false;
  }
}
