// New files of a bundle lie beside its folder until all of them are whole; then they are renamed into place.
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import {
  isLiving,
  makeFolder,
  move,
  processStart,
  readFailure,
  replaceTextFile,
  systemCode,
  writeFailure,
} from "@fleuron/files";
import { allFilesOf, encodeManifest, MANIFEST_FILE, type Manifest } from "@fleuron/model";

/** `name.tmp-PID-START-…`: being written; `name.old-PID-START-…`: about to be deleted. */
const siblingName = (folder: string, kind: "tmp" | "old") =>
  `${folder}.${kind}-${process.pid}-${startOf(process.pid)}-${randomBytes(4).toString("hex")}`;

/** In a container each process may get the number that the one before had. */
const startOf = (pid: number): string =>
  createHash("sha256")
    .update(processStart(pid) ?? "")
    .digest("hex")
    .slice(0, 8);

const SIBLING = /^\.(tmp|old)-(\d+)-([0-9a-f]{8})-[0-9a-f]{8}$/;

/**
 * Removes what killed processes left beside a bundle's folder, and gives back the folder that one of them had moved
 * away.
 */
export async function recover(folder: string): Promise<void> {
  const name = basename(folder);
  for (const sibling of await siblings(folder)) {
    const [, kind, pid, start] = (sibling.startsWith(name) && SIBLING.exec(sibling.slice(name.length))) || [];
    if (kind === undefined || (isLiving(Number(pid), null) && start === startOf(Number(pid)))) continue;
    const path = join(dirname(folder), sibling);
    if (kind === "old") await renameBack(path, folder);
    await rm(path, { recursive: true, force: true });
  }
}

async function siblings(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(dirname(folder));
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return [];
    throw readFailure(dirname(folder), error);
  }
}

/** A folder beside `folder` for what is not whole yet; nothing of it stays unless it is committed. */
export async function createStaging(folder: string): Promise<string> {
  try {
    await makeFolder(dirname(folder));
    const staging = siblingName(folder, "tmp");
    await mkdir(staging);
    return staging;
  } catch (cause) {
    throw writeFailure(folder, cause);
  }
}

/** Puts the staged files into the bundle that is there, then the manifest that names them, and removes what it no longer names. */
export async function commitInto(
  folder: string,
  staging: string,
  before: Pick<Manifest, "models">,
  after: Manifest,
): Promise<void> {
  const text = encodeManifest(after);
  const staged = await readdir(staging, { withFileTypes: true, recursive: true });
  try {
    for (const entry of staged) {
      if (entry.isDirectory()) continue;
      const from = join(entry.parentPath, entry.name);
      const to = join(folder, from.slice(staging.length + 1));
      await makeFolder(dirname(to));
      await move(from, to);
    }
  } catch (cause) {
    throw writeFailure(folder, cause);
  }
  await replaceTextFile(join(folder, MANIFEST_FILE), text);
  const named = pathsOf(after);
  for (const path of pathsOf(before)) if (!named.has(path)) await rm(join(folder, path), { force: true });
}

/** Puts the staged bundle in the place of whatever is there. */
export async function commitInstead(folder: string, staging: string, manifest: Manifest): Promise<void> {
  await replaceTextFile(join(staging, MANIFEST_FILE), encodeManifest(manifest));
  const old = siblingName(folder, "old");
  try {
    const moved = await renameIfThere(folder, old);
    try {
      await move(staging, folder);
    } catch (error) {
      if (moved) await move(old, folder);
      throw error;
    }
  } catch (cause) {
    throw writeFailure(folder, cause);
  }
  await rm(old, { recursive: true, force: true });
}

const pathsOf = ({ models }: Pick<Manifest, "models">): ReadonlySet<string> =>
  new Set(models.flatMap((model) => allFilesOf(model).map(({ path }) => path)));

async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await move(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** Only where the folder is gone. */
async function renameBack(old: string, folder: string): Promise<void> {
  const gone = await readdir(folder).then(
    () => false,
    (error: unknown) => systemCode(error) === "ENOENT",
  );
  if (gone) await move(old, folder);
}
