// One process at a time writes to a folder: the file `lock` in it says which.

import { randomUUID } from "node:crypto";
import { promises as fs } from "node:fs";
import { hostname } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseJson } from "@fleuron/model";
import * as v from "valibot";
import { fileError, readFailure, systemCode, writeFailure } from "./errors.js";
import { isLiving, processStart } from "./living-process.js";
import { replaceTextFile } from "./replace-file.js";

export const LOCK_FILE = "lock";

const ownerSchema = v.object({
  /** Unique to this lock; part of a file's name while it is taken over. */
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** See {@link processStart}. */
  processStart: v.nullable(v.string()),
  host: v.string(),
  /** ISO time. */
  since: v.string(),
});

type LockOwner = v.InferOutput<typeof ownerSchema>;

/** A lock that stays without an owner for so long was left by a process that was killed while creating it. */
const PATIENCE_MILLISECONDS = 1000;
const POLL_MILLISECONDS = 50;

export const isLockFile = (name: string): boolean => name === LOCK_FILE || name.startsWith(`${LOCK_FILE}.`);

/**
 * Takes the lock of a folder until it is disposed. The lock of a process that lives no more is taken over.
 * @param file the lock, where it is not the file `lock` in the folder.
 * @throws FleuronError `run-in-use` that names the process; `disk-full`, `file-unwritable`.
 */
export async function acquireLock(folder: string, file = join(folder, LOCK_FILE)): Promise<AsyncDisposable> {
  const owner: LockOwner = {
    id: randomUUID(),
    pid: process.pid,
    processStart: processStart(process.pid),
    host: hostname(),
    since: new Date().toISOString(),
  };
  await hold(folder, file, owner);
  return {
    async [Symbol.asyncDispose]() {
      if ((await readOwner(file))?.id === owner.id) await fs.rm(file, { force: true });
    },
  };
}

async function hold(folder: string, file: string, owner: LockOwner): Promise<void> {
  for (;;) {
    if (await create(file, owner)) return;
    const found = await readOwner(file);
    if (found === undefined) continue;
    if (found.host !== owner.host || isLiving(found.pid, found.processStart))
      throw inUse(folder, file, found);
    if (await takeOver(folder, file, found, owner)) return;
  }
}

/**
 * One of those that find a dead owner's lock gets the right to replace it: a second lock, named after the dead
 * one and held in the same way. Who gets that right too late sees that the lock has changed.
 */
async function takeOver(folder: string, file: string, dead: LockOwner, owner: LockOwner): Promise<boolean> {
  const right = `${file}.takeover-${dead.id}`;
  await hold(folder, right, owner);
  try {
    if ((await readOwner(file))?.id !== dead.id) return false;
    await replaceTextFile(file, JSON.stringify(owner));
    return true;
  } finally {
    await fs.rm(right, { force: true });
  }
}

async function create(file: string, owner: LockOwner): Promise<boolean> {
  let handle: fs.FileHandle;
  try {
    handle = await fs.open(file, "wx");
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw writeFailure(file, error);
  }
  try {
    await handle.writeFile(JSON.stringify(owner));
  } catch (error) {
    await fs.rm(file, { force: true });
    throw writeFailure(file, error);
  } finally {
    await handle.close();
  }
  return (await readOwner(file))?.id === owner.id;
}

/** The owner that a lock names; undefined when there is no lock (any more). */
async function readOwner(file: string): Promise<LockOwner | undefined> {
  for (let waited = 0; ; waited += POLL_MILLISECONDS) {
    let text: string;
    try {
      text = await fs.readFile(file, "utf8");
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw readFailure(file, error);
      return (await isDanglingLink(file)) ? nobody() : undefined;
    }
    const parsed = parseJson(ownerSchema, text);
    if ("value" in parsed) return parsed.value;
    if (waited >= PATIENCE_MILLISECONDS) return nobody();
    await sleep(POLL_MILLISECONDS);
  }
}

/** It keeps a lock from being created, and names no owner. */
const isDanglingLink = (file: string): Promise<boolean> =>
  fs.lstat(file).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );

/** Stands for the owner of a damaged lock: a process that cannot exist. */
const nobody = (): LockOwner => ({
  id: "damaged",
  pid: 2 ** 31 - 1,
  processStart: null,
  host: hostname(),
  since: "",
});

function inUse(folder: string, file: string, { pid, processStart: start, host, since }: LockOwner) {
  const here = host === hostname();
  const who = here ? `process ${pid}` : `process ${pid} on ${host}`;
  const lock = relative(dirname(folder), file);
  // Where the system does not tell when a process started, its number may be another program's by now.
  const another = start === null ? ` If it is another program, delete ${lock}.` : "";
  return fileError("run-in-use", `${folder} is in use by ${who} since ${since}.`, {
    subject: folder,
    hint: here
      ? `Wait until it ends, or stop it.${another}`
      : `If that process runs no more, delete ${lock}.`,
  });
}
