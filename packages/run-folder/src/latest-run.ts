// `runs/latest`: a text file with the path of the run that was started last, relative to `runs`.

import { promises as fs } from "node:fs";
import { join, relative, resolve } from "node:path";
import { readFailure, replaceTextFile, systemCode, writeFailure } from "@fleuron/files";
import { runFolderError } from "./errors.js";
import { RUN_FILES } from "./run-files.js";

const LATEST = "latest";

/**
 * Makes `folder`, which may lie anywhere, the latest run of `root`.
 * @throws FleuronError `disk-full`, `file-unwritable`.
 */
export async function writeLatestRun(root: string, folder: string): Promise<void> {
  try {
    await fs.mkdir(root, { recursive: true });
  } catch (error) {
    throw writeFailure(root, error);
  }
  await replaceTextFile(join(root, LATEST), `${relative(root, folder)}\n`);
}

/**
 * The folder that `latest` in `root` names.
 * @throws FleuronError `no-run` when there is none, or when it is gone.
 */
export async function latestRun(root: string): Promise<string> {
  const file = join(root, LATEST);
  let text: string;
  try {
    text = await fs.readFile(file, "utf8");
  } catch (cause) {
    const code = systemCode(cause);
    if (code !== "ENOENT" && code !== "ENOTDIR") throw readFailure(file, cause);
    throw noRun(root, `There is no run in ${root} yet.`, "Start one with pnpm train.", cause);
  }
  const name = text.trim();
  const hint = "Choose a run with --run, or start one with pnpm train.";
  if (name === "") throw noRun(root, `${file} is empty.`, hint);
  const folder = join(root, name);
  try {
    await fs.access(join(folder, RUN_FILES.record));
  } catch (cause) {
    throw noRun(root, `The latest run, ${resolve(folder)}, is gone.`, hint, cause);
  }
  return folder;
}

const noRun = (root: string, message: string, hint: string, cause?: unknown) =>
  runFolderError("no-run", message, { subject: root, hint, cause });
