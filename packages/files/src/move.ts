import { promises as fs } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { systemCode } from "./errors.js";

/** What Windows says while another program has the file open: a virus scanner, an indexer, a reader of ours. */
const BUSY: ReadonlySet<string | undefined> = new Set(["EACCES", "EBUSY", "EPERM"]);
const PATIENCE_MILLISECONDS = 10_000;
const FIRST_WAIT = 10;
const LONGEST_WAIT = 500;

export interface MoveOptions {
  readonly platform?: NodeJS.Platform;
  readonly rename?: (from: string, to: string) => Promise<void>;
}

/** Renames, as everywhere else: on Windows a file that another program has open can be replaced only a moment later. */
export async function move(
  from: string,
  to: string,
  { platform = process.platform, rename = fs.rename }: MoveOptions = {},
): Promise<void> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (platform !== "win32" || !BUSY.has(systemCode(error)) || performance.now() > end) throw error;
    }
    await sleep(wait);
  }
}

/** The same, of what may not be there; whether it was. */
export async function moveIfThere(from: string, to: string): Promise<boolean> {
  try {
    await move(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}
