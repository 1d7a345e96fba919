// The folder beside the new run in which a search keeps what it has: the same command goes on with it.
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { acquireLock, exists, readFailure, replaceTextFile, systemCode, writeFailure } from "@fleuron/files";
import { compressError } from "../errors.js";

/** What decides what a search comes to, besides the run's own folder. */
export interface SearchWish {
  readonly run: string;
  readonly targetBytes?: number;
  readonly maxDrop?: number;
  readonly epochs: number;
}

export const searchFolderOf = (out: string): string => `${out}.search`;

/**
 * Makes the folder, or opens the one of a search that was stopped, and takes its lock; what ends before its first cut leaves no folder.
 * @throws FleuronError "search-differs" where that search was given other options; `run-in-use`, `disk-full`, `file-unwritable`.
 */
export async function openSearchFolder(out: string, wish: SearchWish): Promise<AsyncDisposable> {
  const folder = searchFolderOf(out);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw writeFailure(folder, cause);
  });
  const lock = await acquireLock(folder);
  try {
    const file = join(folder, "search.json");
    const text = `${JSON.stringify(wish)}\n`;
    const before = await readFile(file, "utf8").catch((cause: unknown) => {
      if (systemCode(cause) === "ENOENT") return undefined;
      throw readFailure(file, cause);
    });
    if (before !== undefined && before !== text && (await hasRounds(folder))) throw differs(folder, before);
    await replaceTextFile(file, text);
    return {
      async [Symbol.asyncDispose]() {
        try {
          if (!(await hasRounds(folder))) await rm(folder, { recursive: true, force: true });
        } finally {
          await lock[Symbol.asyncDispose]();
        }
      },
    };
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
}

/** A search that was refused before its first cut has nothing to lose. */
const hasRounds = async (folder: string): Promise<boolean> =>
  (await exists(folder)) &&
  (await readdir(folder, { withFileTypes: true })).some((entry) => entry.isDirectory());

const differs = (folder: string, before: string) =>
  compressError(
    "search-differs",
    `${folder} holds a search that was given other options: ${inWords(before)}.`,
    {
      subject: "out",
      hint: "Give the same to go on with it, another folder with `out`, or remove that one.",
    },
  );

function inWords(wish: string): string {
  try {
    const options = Object.entries(JSON.parse(wish) as SearchWish);
    return options.map(([name, value]) => `\`${name}\` ${value}`).join(", ");
  } catch {
    return "its search.json is damaged";
  }
}
