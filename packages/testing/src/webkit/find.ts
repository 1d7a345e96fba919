/** WebKitGTK as distributions install it. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface WebKitPrograms {
  /** WebKitWebDriver, which starts the browser. */
  readonly driver: string;
  /** Xvfb, a screen that nobody sees: this browser has no headless mode. */
  readonly screen: string;
}

/** Undefined where one of them is not in the search path. */
export function findWebKit(searchPath = process.env.PATH ?? ""): WebKitPrograms | undefined {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== "");
  const find = (name: string) => folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  const [driver, screen] = [find("WebKitWebDriver"), find("Xvfb")];
  return driver && screen ? { driver, screen } : undefined;
}
