import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What a server offers: contents by path (`"/index.html"`), or a folder. */
export type ServedFiles = Readonly<Record<`/${string}`, Uint8Array | string>> | string;

/** The contents at an URL's decoded path, where `/` at the end means `index.html`; undefined if there are none. */
export async function fileAt(files: ServedFiles, path: string): Promise<Uint8Array | undefined> {
  const name = path.endsWith("/") ? `${path}index.html` : path;
  if (typeof files === "string") return fileIn(files, name);
  const contents = Object.entries(files).find(([key]) => key === name)?.[1];
  return contents === undefined ? undefined : bytesOf(contents);
}

export const bytesOf = (contents: Uint8Array | string): Uint8Array =>
  typeof contents === "string" ? new TextEncoder().encode(contents) : contents;

async function fileIn(folder: string, name: string): Promise<Uint8Array | undefined> {
  if (name.split(/[\\/]/).includes("..")) return undefined;
  return readFile(join(folder, name)).catch(() => undefined);
}
