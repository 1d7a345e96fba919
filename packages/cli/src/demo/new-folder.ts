// A folder that is written whole or not at all.
import { access, cp, readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { fillFolder, namesBesideFilling, readFailure, systemCode, writeFailure } from "@fleuron/files";
import { allFilesOf, FleuronError, MANIFEST_FILE, type Manifest } from "@fleuron/model";
import { cliError } from "../errors.js";

export interface NewFolder {
  /** Absolute. */
  readonly folder: string;
  /** The largest first. */
  readonly files: readonly NewFile[];
}

export interface NewFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * Has a folder filled that must not exist, or be empty.
 * @throws FleuronError "site-folder-taken", and those of a disk that is full or not to be written to.
 */
export async function writeNewFolder(
  out: string,
  fill: (staging: string) => Promise<void>,
): Promise<NewFolder> {
  const folder = resolve(out);
  await requireFreeFolder(folder);
  const filling = fillFolder<never>(folder, async function* (staging) {
    await fill(staging).catch((cause: unknown) => {
      throw cause instanceof FleuronError ? cause : writeFailure(folder, cause);
    });
  });
  for await (const _ of filling);
  return { folder, files: await filesOf(folder) };
}

export interface BundleFolder {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Copies what pages load of a bundle: its manifest and its ONNX models.
 * @throws FleuronError "file-unreadable" for a file of the bundle that is not there.
 */
export async function copyForPages({ folder, manifest }: BundleFolder, to: string): Promise<void> {
  const onnx = manifest.models.filter(({ format }) => format === "onnx");
  for (const path of [
    MANIFEST_FILE,
    ...onnx.flatMap((model) => allFilesOf(model).map((file) => file.path)),
  ]) {
    const file = join(folder, path);
    await access(file).catch((cause: unknown) => Promise.reject(readFailure(file, cause)));
    await cp(file, join(to, path));
  }
}

/** @throws FleuronError "site-folder-taken" for a folder with something in it. */
export async function requireFreeFolder(folder: string): Promise<void> {
  try {
    if ((await namesBesideFilling(folder)).length === 0) return;
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return;
    if (systemCode(cause) !== "ENOTDIR") throw readFailure(folder, cause);
  }
  throw cliError("site-folder-taken", `${folder} is not empty.`, {
    subject: "out",
    hint: "Choose a folder that is empty or not there yet.",
  });
}

async function filesOf(folder: string): Promise<readonly NewFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(folder, path).replaceAll(sep, "/"), bytes: (await stat(path)).size };
    });
  return (await Promise.all(files)).sort((a, b) => b.bytes - a.bytes);
}
