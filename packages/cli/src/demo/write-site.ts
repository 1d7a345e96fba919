// The page and a bundle as a folder for any static host.
import { cp, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { move, readFailure, systemCode, writeFailure } from "@fleuron/files";
import { MANIFEST_FILE, type Manifest } from "@fleuron/model";
import { cliError } from "../errors.js";
import { HEADERS } from "./headers.js";
import { BUNDLE_PATH, pageFolder } from "./page-folder.js";

export interface WriteSiteOptions {
  readonly bundle: { readonly folder: string; readonly manifest: Manifest };
  /** Must not exist, or be empty. */
  readonly out: string;
}

export interface WrittenSite {
  /** Absolute. */
  readonly folder: string;
  /** The largest first. */
  readonly files: readonly SiteFile[];
}

export interface SiteFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * Copies the page, the bundle's ONNX models, and `_headers`, which Netlify and Cloudflare Pages read.
 * @throws FleuronError "site-folder-taken", and those of a disk that is full or not to be written to.
 */
export async function writeSite({ bundle, out }: WriteSiteOptions): Promise<WrittenSite> {
  const folder = resolve(out);
  await requireFree(folder);
  const staging = `${folder}.tmp-${process.pid}`;
  try {
    await mkdir(staging, { recursive: true });
    await cp(pageFolder(), staging, { recursive: true, filter: (path) => !path.endsWith(".map") });
    const onnx = bundle.manifest.models.filter(({ format }) => format === "onnx");
    for (const path of [MANIFEST_FILE, ...onnx.flatMap(({ files }) => files.map((file) => file.path))]) {
      await cp(join(bundle.folder, path), join(staging, BUNDLE_PATH, path));
    }
    await writeFile(join(staging, "_headers"), headersFile());
    await rm(folder, { recursive: true, force: true });
    await move(staging, folder);
  } catch (cause) {
    await rm(staging, { recursive: true, force: true });
    throw writeFailure(folder, cause);
  }
  return { folder, files: await filesOf(folder) };
}

async function requireFree(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length === 0) return;
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return;
    if (systemCode(cause) !== "ENOTDIR") throw readFailure(folder, cause);
  }
  throw cliError("site-folder-taken", `${folder} is not empty.`, {
    subject: "out",
    hint: "Choose a folder that is empty or not there yet.",
  });
}

const headersFile = () =>
  `/*\n${Object.entries(HEADERS)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join("")}`;

async function filesOf(folder: string): Promise<readonly SiteFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(folder, path).replaceAll(sep, "/"), bytes: (await stat(path)).size };
    });
  return (await Promise.all(files)).sort((a, b) => b.bytes - a.bytes);
}
