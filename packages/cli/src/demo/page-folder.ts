import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the built page lies. */
export const pageFolder = (): string =>
  dirname(fileURLToPath(import.meta.resolve("@fleuron/demo/index.html")));

/** Relative to the page, where it looks for its bundle. */
export const BUNDLE_PATH = "bundle";
