// What stands where a bundle is to be written, and whether it may be added to or replaced.
import { readdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { relative, resolve, sep } from "node:path";
import { readFailure, systemCode } from "@fleuron/files";
import { allFilesOf, FleuronError, MANIFEST_FILE, type Manifest, weightsOf } from "@fleuron/model";
import { openBundle } from "@fleuron/runtime-node";
import { exportError } from "../../errors.js";

/** What all models of a bundle have in common. */
export type BundleHead = Omit<Manifest, "formatVersion" | "models">;

export interface BundlePlace {
  readonly folder: string;
  /** The models that are there and stay unless others take their place; absent where all that is there is replaced, or nothing is. */
  readonly present: Pick<Manifest, "models"> | undefined;
}

export interface BundlePlaceOptions {
  /** Asked for where a bundle is there already. */
  readonly head: () => Promise<BundleHead>;
  /** Whether what is there may be replaced whole. */
  readonly force: boolean;
  /** Folders and files that must not be replaced with it. */
  readonly keep: readonly string[];
}

/**
 * @throws FleuronError `bundle-folder-taken` for a folder that holds anything but a bundle of these weights;
 * `bundle-folder-protected` where even `force` would take too much.
 */
export async function findPlace(
  folder: string,
  { head, force, keep }: BundlePlaceOptions,
): Promise<BundlePlace> {
  const found = await listFiles(folder);
  if (found === undefined) return { folder, present: undefined };
  if (found.length === 0) return { folder, present: { models: [] } };
  const bundle = await presentBundle(folder);
  const problem =
    "problem" in bundle
      ? bundle.problem
      : (foreignFile(found, bundle.present) ?? difference(await head(), bundle.present));
  if (problem === undefined && "present" in bundle) return { folder, present: bundle.present };
  if (!force) {
    throw exportError("bundle-folder-taken", `${folder} ${problem}.`, {
      subject: folder,
      hint: "Choose another folder with `out`, or replace everything in it with `force`.",
    });
  }
  await requireReplaceable(folder, keep);
  return { folder, present: undefined };
}

/** What a system puts into folders that people look at. */
const SYSTEMS = /^(\.DS_Store|\.directory|\.localized|\._.*|Thumbs\.db|desktop\.ini)$/i;

/** Relative, with forward slashes, without the system's; undefined where there is no folder. */
async function listFiles(folder: string): Promise<readonly string[] | undefined> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => !entry.isDirectory() && !SYSTEMS.test(entry.name))
      .map((entry) => relative(folder, resolve(entry.parentPath, entry.name)).replaceAll(sep, "/"));
  } catch (cause) {
    const code = systemCode(cause);
    if (code === "ENOENT") return undefined;
    if (code !== "ENOTDIR") throw readFailure(folder, cause);
    throw exportError("bundle-folder-taken", `${folder} is a file, not a folder.`, {
      subject: folder,
      hint: "Choose another folder with `out`.",
      cause,
    });
  }
}

type PresentBundle = { readonly present: Manifest } | { readonly problem: string };

async function presentBundle(folder: string): Promise<PresentBundle> {
  try {
    return { present: (await openBundle(folder)).manifest };
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    if (error.code === "bundle-missing") return { problem: "contains something that is not a bundle" };
    if (error.code === "manifest-newer") return { problem: "holds a bundle of a newer version of Fleuron" };
    if (error.code === "manifest-invalid") return { problem: "holds a bundle whose manifest is damaged" };
    throw error;
  }
}

function foreignFile(found: readonly string[], { models }: Manifest): string | undefined {
  const own = new Set([
    MANIFEST_FILE,
    ...models.flatMap((model) => allFilesOf(model).map(({ path }) => path)),
  ]);
  const isHidden = (path: string) => path.split("/").some((name) => name.startsWith("."));
  const foreign = found.find((path) => !own.has(path) && !isHidden(path));
  return foreign === undefined ? undefined : `holds ${foreign}, which is not part of the bundle there`;
}

function difference(head: BundleHead, present: Manifest): string | undefined {
  if (weightsOf(present) !== weightsOf(head)) return "holds a bundle of other weights";
  const same = (key: keyof BundleHead) => JSON.stringify(head[key]) === JSON.stringify(present[key]);
  if (!same("labels")) return "holds a bundle with other labels";
  if (!same("preprocessing")) return "holds a bundle with another preprocessing";
  return same("output") ? undefined : "holds a bundle with another temperature or threshold";
}

async function requireReplaceable(folder: string, keep: readonly string[]): Promise<void> {
  for (const place of [homedir(), process.cwd(), ...keep]) {
    const [inner, outer] = (await Promise.all(
      [place, folder].map((path) => realpath(path).catch(() => resolve(path))),
    )) as [string, string];
    if (inner !== outer && !inner.startsWith(`${outer.replace(/[\\/]$/, "")}${sep}`)) continue;
    throw exportError(
      "bundle-folder-protected",
      `${folder} is not replaced: ${place} would be deleted with it.`,
      {
        subject: folder,
        hint: "Choose another folder with `out`.",
      },
    );
  }
}
