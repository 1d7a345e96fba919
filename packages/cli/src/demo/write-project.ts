// A web project of its own around a bundle.
import { cp, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { version } from "../command-line/version.js";
import { type BundleFolder, copyForPages, type NewFolder, writeNewFolder } from "./new-folder.js";
import { BUNDLE_PATH } from "./page-folder.js";

const template = fileURLToPath(new URL("../../template", import.meta.url));

export interface WriteProjectOptions {
  readonly bundle: BundleFolder;
  /** Must not exist, or be empty; its name is the project's. */
  readonly out: string;
}

/** @throws FleuronError "site-folder-taken", and those of a disk that is full or not to be written to. */
export const writeProject = ({ bundle, out }: WriteProjectOptions): Promise<NewFolder> =>
  writeNewFolder(out, async (folder) => {
    await cp(template, folder, { recursive: true });
    await copyForPages(bundle, join(folder, "public", BUNDLE_PATH));
    await writeFile(join(folder, "package.json"), packageJson(basename(resolve(out))));
  });

const packageJson = (name: string) =>
  `${JSON.stringify(
    {
      name: name
        .toLowerCase()
        .replaceAll(/[^a-z0-9-]+/g, "-")
        .replace(/^-+$/, "fleuron-page"),
      private: true,
      type: "module",
      scripts: { dev: "vite", build: "tsc && vite build --base=./" },
      dependencies: { "@fleuron/runtime-web": version() },
      devDependencies: { typescript: "^7.0.2", vite: "^8.3.8" },
    },
    null,
    2,
  )}\n`;
