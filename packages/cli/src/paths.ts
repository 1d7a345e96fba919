import { isAbsolute, relative } from "node:path";

/** A path as the reader would write it: relative to where they are, unless that leads upwards. */
export function shownPath(path: string, from = process.cwd()): string {
  const short = relative(from, path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}

/** A word that can be pasted into a POSIX shell. */
export const shellWord = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const twoDigits = (value: number) => String(value).padStart(2, "0");

/** Where a run goes when nobody says: `runs/modern-20261123-134500`, in local time. */
export function defaultRunFolder(recipe: string, start: Date): string {
  const date = [start.getFullYear(), twoDigits(start.getMonth() + 1), twoDigits(start.getDate())];
  const time = [start.getHours(), start.getMinutes(), start.getSeconds()].map(twoDigits);
  return `${RUNS_ROOT}/${recipe}-${date.join("")}-${time.join("")}`;
}

export const RUNS_ROOT = "runs";
