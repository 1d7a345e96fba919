import { readFile } from "node:fs/promises";
import { FleuronError } from "@fleuron/model";
import type { RuntimeNodeErrorCode } from "./errors.js";

/** @throws FleuronError `photo-unreadable` for a file that cannot be opened. */
export async function readPhoto(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FleuronError<RuntimeNodeErrorCode>("photo-unreadable", `${file} cannot be opened: ${reason}.`, {
      subject: file,
      cause,
    });
  }
}
