import { promises as fs } from "node:fs";
import { FORMAT_BYTES, formatOf } from "@fleuron/model";

/** Whether a file begins as a JPEG, PNG or WebP does; a file that cannot be opened does not. */
export async function hasPhotoContent(file: string): Promise<boolean> {
  try {
    await using handle = await fs.open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(FORMAT_BYTES), 0, FORMAT_BYTES, 0);
    return formatOf(buffer.subarray(0, bytesRead)) !== undefined;
  } catch {
    return false;
  }
}
