// The parts of CUDA in an installation: each a folder of libraries, whose lengths the marker keeps.
import { promises as fs } from "node:fs";
import path from "node:path";
import type { EngineMarker } from "./engine-marker.js";

/** Lengths by the path below `folder`; undefined where there is no such folder. */
export async function fileLengths(folder: string): Promise<{ [file: string]: number } | undefined> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return undefined;
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const lengths = files
    .sort()
    .map(async (file) => [path.relative(folder, file), (await fs.stat(file)).size] as const);
  return Object.fromEntries(await Promise.all(lengths));
}

/** The first thing that is missing or cut of the parts below `root`, in words; undefined where all is whole. */
export async function damageOf(
  parts: readonly string[],
  root: string,
  { cuda }: EngineMarker,
): Promise<string | undefined> {
  for (const part of parts) {
    const files = Object.entries(cuda[part]?.files ?? {});
    if (files.length === 0) return `${part} is missing`;
    for (const [name, bytes] of files) {
      const size = (await fs.stat(path.join(root, part, name)).catch(() => undefined))?.size;
      if (size === undefined) return `${part}/${name} is missing`;
      if (size !== bytes) return `${part}/${name} has ${size} bytes instead of ${bytes}`;
    }
  }
  return undefined;
}
