// New files of a bundle lie beside its folder until all of them are whole; then they are renamed into place.
import { createHash, randomBytes } from "node:crypto";
import { lstat, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import {
  exists,
  isLiving,
  makeFolder,
  move,
  moveIfThere,
  processStart,
  readFailure,
  replaceTextFile,
  systemCode,
  writeFailure,
} from "@fleuron/files";
import { allFilesOf, encodeManifest, MANIFEST_FILE, type Manifest } from "@fleuron/model";
import { openBundle } from "@fleuron/runtime-node";

/** `name.tmp-PID-START-…`: being written; `name.new-…`: whole, on its way into the folder; `name.old-…`: about to be deleted. */
const siblingName = (folder: string, kind: "tmp" | "new" | "old") =>
  `${folder}.${kind}-${process.pid}-${startOf(process.pid)}-${randomBytes(4).toString("hex")}`;

/** In a container each process may get the number that the one before had. */
const startOf = (pid: number): string =>
  createHash("sha256")
    .update(processStart(pid) ?? "")
    .digest("hex")
    .slice(0, 8);

const SIBLING = /^\.(tmp|new|old)-(\d+)-([0-9a-f]{8})-[0-9a-f]{8}$/;

/**
 * Removes what killed processes left beside a bundle's folder, gives back the folder that one of them had moved
 * away, and puts the rest of the files into one that had got some.
 */
export async function recover(folder: string): Promise<void> {
  const name = basename(folder);
  for (const sibling of await siblings(folder)) {
    const [, kind, pid, start] = (sibling.startsWith(name) && SIBLING.exec(sibling.slice(name.length))) || [];
    if (kind === undefined || (isLiving(Number(pid), null) && start === startOf(Number(pid)))) continue;
    const path = join(dirname(folder), sibling);
    if (kind === "old") await renameBack(path, folder);
    if (kind === "new") await moveRest(path, folder);
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

/**
 * Puts the staged files into the bundle that is there, then the manifest that names them, without what it no longer names. When
 * one cannot be moved, all are as they were; of a process that is killed meanwhile, {@link recover} does the rest.
 */
export async function commitInto(folder: string, staging: string, manifest: Manifest): Promise<void> {
  const text = encodeManifest(manifest);
  const whole = siblingName(folder, "new");
  try {
    try {
      await writeFile(join(staging, MANIFEST_FILE), text);
      await move(staging, whole);
    } catch (cause) {
      throw writeFailure(folder, cause);
    }
    await moveInto(folder, whole, manifest);
  } finally {
    await rm(whole, { recursive: true, force: true });
  }
}

async function moveInto(folder: string, whole: string, manifest: Manifest): Promise<void> {
  const before = await manifestIn(folder);
  const named = pathsOf(manifest);
  const dropped = before ? [...pathsOf(before)].filter((path) => !named.has(path)) : [];
  const aside = siblingName(folder, "old");
  const back: (() => Promise<void>)[] = [];
  const moveFile = async (from: string, to: string) => {
    await makeFolder(dirname(to));
    await move(from, to);
    back.push(() => move(to, from));
  };
  const moveAside = async (path: string) => {
    if (await isFile(join(folder, path))) await moveFile(join(folder, path), join(aside, path));
  };
  try {
    for (const entry of await readdir(whole, { withFileTypes: true, recursive: true })) {
      const path = relative(whole, join(entry.parentPath, entry.name));
      if (entry.isDirectory() || path === MANIFEST_FILE) continue;
      await moveAside(path);
      await moveFile(join(whole, path), join(folder, path));
    }
    for (const path of dropped) await moveAside(path);
    await replaceTextFile(join(folder, MANIFEST_FILE), encodeManifest(manifest));
  } catch (cause) {
    for (const moveBack of back.reverse()) await moveBack();
    throw writeFailure(folder, cause);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

const isFile = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );

/** Where the folder is still there, and the manifest was written whole. */
async function moveRest(whole: string, folder: string): Promise<void> {
  const manifest = await manifestIn(whole);
  if (manifest !== undefined && (await exists(folder))) await moveInto(folder, whole, manifest);
}

/** Undefined where there is none that can be read. */
async function manifestIn(folder: string): Promise<Manifest | undefined> {
  try {
    return (await openBundle(folder)).manifest;
  } catch {
    return undefined;
  }
}

/** Puts the staged bundle in the place of whatever is there. */
export async function commitInstead(folder: string, staging: string, manifest: Manifest): Promise<void> {
  await replaceTextFile(join(staging, MANIFEST_FILE), encodeManifest(manifest));
  const old = siblingName(folder, "old");
  try {
    const moved = await moveIfThere(folder, old);
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

/** Only where the folder is gone. */
async function renameBack(old: string, folder: string): Promise<void> {
  const gone = await readdir(folder).then(
    () => false,
    (error: unknown) => systemCode(error) === "ENOENT",
  );
  if (gone) await move(old, folder);
}
