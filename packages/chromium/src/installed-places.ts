/** Where the installers of Chromium and its relatives put them. */
import { delimiter, join } from "node:path";

const LINUX_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_NAMES = ["Chromium", "Google Chrome", "Microsoft Edge"];
const WINDOWS_PARTS = [
  ["Chromium", "Application", "chrome.exe"],
  ["Google", "Chrome", "Application", "chrome.exe"],
  ["Microsoft", "Edge", "Application", "msedge.exe"],
];

/** Paths to try, the best first; most of them do not exist. */
export function installedPlaces(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string[] {
  if (platform === "darwin") {
    const folders = ["/Applications", join(environment.HOME ?? "/", "Applications")];
    return MAC_NAMES.flatMap((name) =>
      folders.map((folder) => join(folder, `${name}.app`, "Contents", "MacOS", name)),
    );
  }
  if (platform === "win32") {
    const folders = ["LOCALAPPDATA", "PROGRAMFILES", "PROGRAMFILES(X86)"].flatMap(
      (name) => environment[name] ?? [],
    );
    return WINDOWS_PARTS.flatMap((parts) => folders.map((folder) => join(folder, ...parts)));
  }
  const folders = new Set([...(environment.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"]);
  folders.delete("");
  return LINUX_NAMES.flatMap((name) => [...folders].map((folder) => join(folder, name)));
}
