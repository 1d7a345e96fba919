import { promises as fs } from "node:fs";
import path from "node:path";
import { failedFolder } from "./folder-errors.js";
import { makeFolder } from "./make-folder.js";
import { move } from "./move.js";
import { removeFilled } from "./new-folder.js";
import { temporaryBeside } from "./temporary.js";

type Fill<Event> = (folder: string) => AsyncGenerator<Event, void>;

/**
 * Fills an empty folder that stays the one that it is, somebody's shell may be in it, or one that it makes. What is written lies
 * in a folder within until all is there: the one above may be another disk, or not to be written to. When `fill` fails or is
 * left, the folder is empty again, or gone where it was made.
 *
 * @throws FleuronError `disk-full`, `folder-unwritable`, and what `fill` throws.
 */
export async function* fillFolder<Event>(folder: string, fill: Fill<Event>): AsyncGenerator<Event, void> {
  const made = await makeFolder(folder).catch(failedFolder(folder));
  let filled = false;
  try {
    yield* fillWithin(folder, fill);
    filled = true;
  } finally {
    if (made && !filled) await fs.rmdir(folder).catch(() => undefined);
  }
}

async function* fillWithin<Event>(folder: string, fill: Fill<Event>): AsyncGenerator<Event, void> {
  const temporary = temporaryBeside(path.join(folder, "filling"));
  await fs.mkdir(temporary).catch(failedFolder(folder));
  try {
    yield* fill(temporary);
    await moveUp(temporary, folder).catch(failedFolder(folder));
  } finally {
    await removeFilled(temporary);
  }
}

async function moveUp(from: string, folder: string): Promise<void> {
  const names = await fs.readdir(from);
  const taken = (await fs.readdir(folder)).find((name) => names.includes(name));
  if (taken !== undefined) throw new Error(`there is something called ${taken} by now`);
  const moved: string[] = [];
  try {
    for (const name of names) {
      await move(path.join(from, name), path.join(folder, name));
      moved.push(name);
    }
  } catch (error) {
    for (const name of moved) await removeFilled(path.join(folder, name));
    throw error;
  }
}
