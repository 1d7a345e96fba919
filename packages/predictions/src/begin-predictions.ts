import { promises as fs } from "node:fs";
import { extname, resolve } from "node:path";
import { acquireLock, makeFolder, systemCode, writeFailure } from "@fleuron/files";
import { type BeginOptions, beginParts } from "./begin-parts.js";
import { predictionsError } from "./errors.js";
import type { JoinOptions } from "./join-parts.js";
import type { PredictionsEnding } from "./options.js";
import { removeOwn } from "./own-files.js";
import { partsIn } from "./parts.js";

export interface BeginPredictionsOptions extends BeginOptions {
  readonly out: string;
}

/** A table that no other process writes to until this is disposed; then its folder stays only where it has parts, or files of others. */
export interface BegunPredictions extends JoinOptions, AsyncDisposable {}

/**
 * Begins a table, or continues one that was interrupted, in the folder beside it.
 * @throws FleuronError `file-taken`, `parts-differ`, `run-in-use`, `disk-full`, `file-unwritable`; what `photos` throws.
 */
export async function beginPredictions({
  out,
  ...options
}: BeginPredictionsOptions): Promise<BegunPredictions> {
  const file = resolve(out);
  await requireFree(file, options.force);
  const folder = `${file}.parts`;
  await makeFolder(folder).catch((cause: unknown) => Promise.reject(writeFailure(file, cause)));
  const lock = await acquireLock(folder);
  const end = async () => {
    const parts = await partsIn(folder).catch(() => undefined);
    const done = parts?.length === 0;
    try {
      if (done) await removeOwn(folder);
    } finally {
      await lock[Symbol.asyncDispose]();
    }
    if (done) await fs.rmdir(folder).catch(() => undefined);
  };
  try {
    const total = await beginParts(folder, options);
    const ending = extname(file).slice(1) as PredictionsEnding;
    return { folder, file, ending, total, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function requireFree(file: string, force: boolean): Promise<void> {
  const found = await fs.stat(file).catch((cause: unknown) => {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(cause) ?? "")) return undefined;
    throw writeFailure(file, cause);
  });
  if (found === undefined || (force && found.isFile())) return;
  throw predictionsError("file-taken", `${file} is there already.`, {
    subject: file,
    hint: `Choose another name with \`out\`${found.isFile() ? ", or replace it with `force`" : ""}.`,
  });
}
