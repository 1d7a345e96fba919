// The page and a bundle as a folder for any static host.
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HEADERS } from "./headers.js";
import { type BundleFolder, copyForPages, type NewFolder, writeNewFolder } from "./new-folder.js";
import { BUNDLE_PATH, pageFolder } from "./page-folder.js";

export interface WriteSiteOptions {
  readonly bundle: BundleFolder;
  /** Must not exist, or be empty. */
  readonly out: string;
}

/**
 * Copies the page, the bundle's ONNX models, and `_headers`, which Netlify and Cloudflare Pages read.
 * @throws FleuronError "site-folder-taken", and those of a disk that is full or not to be written to.
 */
export const writeSite = ({ bundle, out }: WriteSiteOptions): Promise<NewFolder> =>
  writeNewFolder(out, async (folder) => {
    await cp(pageFolder(), folder, { recursive: true, filter: (path) => !path.endsWith(".map") });
    await copyForPages(bundle, join(folder, BUNDLE_PATH));
    await writeFile(join(folder, "_headers"), headersFile());
  });

const headersFile = () =>
  `/*\n${Object.entries(HEADERS)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join("")}`;
