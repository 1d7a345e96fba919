/** Where installers put Firefox. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const LINUX_NAMES = ["firefox-esr", "firefox"];
const WINDOWS_PARTS = ["Mozilla Firefox", "firefox.exe"];
const MAC_PARTS = ["Applications", "Firefox.app", "Contents", "MacOS", "firefox"];

/** The one that FLEURON_FIREFOX names, else an installed one; undefined where there is none. */
export function findFirefox(): string | undefined {
  return process.env.FLEURON_FIREFOX || firefoxPlaces().find((path) => existsSync(path));
}

/** Paths to try, the best first; most of them do not exist. */
export function firefoxPlaces(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string[] {
  if (platform === "darwin") {
    return ["/", environment.HOME ?? "/"].map((folder) => join(folder, ...MAC_PARTS));
  }
  if (platform === "win32") {
    const folders = ["PROGRAMFILES", "PROGRAMFILES(X86)"].flatMap((name) => environment[name] ?? []);
    return folders.map((folder) => join(folder, ...WINDOWS_PARTS));
  }
  const folders = new Set([...(environment.PATH ?? "").split(delimiter), "/usr/bin"]);
  folders.delete("");
  return LINUX_NAMES.flatMap((name) => [...folders].map((folder) => join(folder, name)));
}
