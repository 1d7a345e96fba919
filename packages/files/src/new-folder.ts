import { promises as fs } from "node:fs";
import path from "node:path";
import { failedFolder } from "./folder-errors.js";
import { makeFolder } from "./make-folder.js";
import { move } from "./move.js";
import { temporaryBeside } from "./temporary.js";

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
  const temporary = temporaryBeside(folder);
  const parent = path.dirname(folder);
  await makeFolder(parent).catch(failedFolder(parent));
  await fs.mkdir(temporary).catch(failedFolder(parent));
  try {
    yield* fill(temporary);
    await move(temporary, folder).catch(failedFolder(folder));
  } finally {
    await removeFilled(temporary);
  }
}

/** A process that is ending may write for a little longer. */
export const removeFilled = (folder: string): Promise<void> =>
  fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
