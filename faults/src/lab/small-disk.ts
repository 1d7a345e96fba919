// A disk of a few kilobytes: a tmpfs, which only root may mount.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A tmpfs takes whole pages, and a size of 0 for no limit at all. */
const PAGE = 4096;

export interface SmallDisk extends AsyncDisposable {
  readonly folder: string;
  /** Makes room, or takes it away. */
  resize(bytes: number): Promise<void>;
}

export async function mountSmallDisk(folder: string, bytes: number): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true });
  await run("mount", ["-t", "tmpfs", "-o", sizeOption(bytes), "fleuron-faults", folder]);
  return {
    folder,
    async resize(to) {
      await run("mount", ["-o", `remount,${sizeOption(to)}`, folder]);
    },
    async [Symbol.asyncDispose]() {
      await run("umount", [folder]);
    },
  };
}

const sizeOption = (bytes: number): string => `size=${Math.max(1, Math.round(bytes / PAGE)) * PAGE}`;

/** Why there can be no small disk here. */
export async function smallDiskMissing(): Promise<string | undefined> {
  if (process.platform !== "linux") return "only Linux has a tmpfs";
  if (process.getuid?.() !== 0) return "only root may mount a small disk";
  const folder = await mkdtemp(join(tmpdir(), "fleuron-disk-"));
  try {
    await using _ = await mountSmallDisk(folder, PAGE);
    return undefined;
  } catch {
    return "this machine does not let root mount a small disk";
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
