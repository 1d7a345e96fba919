import { mkdirSync } from "node:fs";
import { resolve } from "node:path";

/** The folder, which is made where it is not there, as a function that gives the paths in it. */
export function inFolder(folder) {
  const root = resolve(process.env.INIT_CWD ?? ".", folder);
  mkdirSync(root, { recursive: true });
  return (...parts) => resolve(root, ...parts);
}

/** The last words of a program that failed, without this machine's folders and on one line. */
export function cleanly(text, work) {
  const withoutFolders = text.replaceAll(`${work()}/`, "").replaceAll(/(\/[\w.@+-]+){3,}\//g, "…/");
  return withoutFolders.replaceAll(/\s+/g, " ").replaceAll("|", "¦").trim();
}
