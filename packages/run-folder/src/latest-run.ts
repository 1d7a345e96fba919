// `runs/latest`: a text file with the name of the run of `runs` that was started last. A convenience: no run needs it.

import { promises as fs } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readFailure, replaceTextFile, systemCode } from "@fleuron/files";
import { runFolderError } from "./format/errors.js";
import { RUN_FILES } from "./format/run-files.js";

/** The file that names it. */
export const LATEST = "latest";

/**
 * Makes `folder` the latest run of the folder that it lies in.
 * @throws FleuronError `disk-full`, `file-unwritable`.
 */
export async function writeLatestRun(folder: string): Promise<void> {
  const path = resolve(folder);
  await replaceTextFile(join(dirname(path), LATEST), `${basename(path)}\n`);
}

/** Whether `folder` is the latest run of the folder that it lies in. */
export async function isLatestRun(folder: string): Promise<boolean> {
  const found = await latestRun(dirname(resolve(folder))).catch(() => undefined);
  return found !== undefined && resolve(found) === resolve(folder);
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
    throw noRun(root, `There is no run in ${root} yet.`, "Start one with `train`.", cause);
  }
  const name = text.trim();
  const hint = "Choose a run with `run`, or start one with `train`.";
  if (name === "") throw noRun(root, `${file} is empty.`, hint);
  const folder = join(root, name);
  try {
    await fs.access(join(folder, RUN_FILES.record));
  } catch (cause) {
    throw noRun(root, `The latest run, ${resolve(folder)}, is gone.`, hint, cause);
  }
  return folder;
}

/**
 * The folder of the run that a path names, which is the path itself unless it is the file `latest` of a folder of runs.
 * @throws FleuronError `no-run` where the run that `latest` names is gone.
 */
export async function runNamed(path: string): Promise<string> {
  if (basename(path) !== LATEST) return path;
  const found = await fs.stat(path).catch(() => undefined);
  return found?.isFile() ? latestRun(dirname(path)) : path;
}

const noRun = (root: string, message: string, hint: string, cause?: unknown) =>
  runFolderError("no-run", message, { subject: root, hint, cause });
