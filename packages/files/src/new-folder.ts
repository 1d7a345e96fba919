import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { folderFailure } from "./folder-errors.js";
import { makeFolder } from "./make-folder.js";
import { move } from "./move.js";

/**
 * Fills a folder beside `folder` and renames it when all is there; nothing may stand at `folder`. When `fill`
 * fails or is left, nothing stays.
 *
 * @throws FleuronError `disk-full`, `folder-unwritable`, and what `fill` throws.
 */
export async function* newFolder<Event>(
  folder: string,
  fill: (folder: string) => AsyncGenerator<Event, void>,
): AsyncGenerator<Event, void> {
  const temporary = `${folder}.tmp-${randomUUID().slice(0, 8)}`;
  try {
    await makeFolder(temporary).catch((cause: unknown) => {
      throw folderFailure(path.dirname(folder), cause);
    });
    yield* fill(temporary);
    await move(temporary, folder).catch((cause: unknown) => {
      throw folderFailure(folder, cause);
    });
  } finally {
    // A process that is ending may write for a little longer.
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}
