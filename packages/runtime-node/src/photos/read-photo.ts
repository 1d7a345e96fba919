import { readFile } from "node:fs/promises";
import { photoError } from "@fleuron/model";

/** @throws FleuronError `photo-unreadable` for a file that cannot be opened. */
export async function readPhoto(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = missing ? `There is no photo ${file}.` : `${file} cannot be opened: ${reason}.`;
    throw photoError("photo-unreadable", message, {
      subject: file,
      cause,
    });
  }
}
