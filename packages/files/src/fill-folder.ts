import { promises as fs } from "node:fs";
import path from "node:path";
import { failedFolder } from "./folder-errors.js";
import { acquireLock } from "./lock.js";
import { makeFolder } from "./make-folder.js";
import { move } from "./move.js";
import { removeFilled } from "./new-folder.js";
import { isTemporary, temporaryBeside } from "./temporary.js";

/** What is written is in a folder of this name until all is there. */
const FILLING = "filling";
/** Held meanwhile. */
const LOCK = "filling.fleuron-lock";

type Fill<Event> = (folder: string) => AsyncGenerator<Event, void>;

/**
 * Fills an empty folder that stays the one that it is, somebody's shell may be in it, or one that it makes. What is written lies
 * in a folder within until all is there: the one above may be another disk, or not to be written to. When `fill` fails or is
 * left, the folder is empty again, or gone where it was made; what a process that was killed left of its filling is removed.
 *
 * @throws FleuronError `disk-full`, `file-unwritable`, `folder-unwritable`, `run-in-use` where another process fills it, and what `fill` throws.
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

/** The names in a folder, without those of a filling: {@link fillFolder} takes what has none for empty. */
export const namesBesideFilling = async (folder: string): Promise<readonly string[]> =>
  (await fs.readdir(folder)).filter((name) => !name.startsWith(LOCK) && !isFilling(name));

const isFilling = (name: string): boolean => name.startsWith(`${FILLING}.`) && isTemporary(name);

async function* fillWithin<Event>(folder: string, fill: Fill<Event>): AsyncGenerator<Event, void> {
  await using _ = await acquireLock(folder, path.join(folder, LOCK));
  await sweep(folder).catch(failedFolder(folder));
  const temporary = temporaryBeside(path.join(folder, FILLING));
  await fs.mkdir(temporary).catch(failedFolder(folder));
  try {
    yield* fill(temporary);
    await moveUp(temporary, folder).catch(failedFolder(folder));
  } finally {
    await removeFilled(temporary);
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of await fs.readdir(folder))
    if (isFilling(name)) await removeFilled(path.join(folder, name));
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
