import { isAbsolute, relative } from "node:path";
import { visibleText } from "@fleuron/model";

/** A path as the reader would write it: relative to where they are, unless that leads upwards; all of it visible. */
export function shownPath(path: string, from = process.cwd()): string {
  const short = relative(from, path);
  return visibleText(short === "" || short.startsWith("..") || isAbsolute(short) ? path : short);
}

/** A word that can be pasted into a shell: a POSIX one, or any of Windows, whose paths cannot have quotation marks. */
export function shellWord(text: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === "win32") return /^[\w.\\/:@+=-]+$/.test(text) ? text : `"${text}"`;
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export const RUNS_ROOT = "runs";
