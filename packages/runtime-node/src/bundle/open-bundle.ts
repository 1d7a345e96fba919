import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readFailure, systemCode } from "@fleuron/files";
import { checkedManifest, MANIFEST_FILE, type Manifest, parseManifest } from "@fleuron/model";
import { runtimeError } from "../errors.js";

export interface Bundle {
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Reads the manifest of a bundle; its models are not looked at.
 * @throws FleuronError `bundle-missing`, `manifest-invalid`, `manifest-newer`, `file-unreadable`.
 */
export async function openBundle(path: string): Promise<Bundle> {
  const folder = resolve(path);
  const file = join(folder, MANIFEST_FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const code = systemCode(cause);
    if (code !== "ENOENT" && code !== "ENOTDIR") throw readFailure(file, cause);
    throw runtimeError("bundle-missing", `${folder} is not a bundle: there is no ${MANIFEST_FILE} in it.`, {
      subject: folder,
      hint: "Give the folder that `writeBundle` wrote, or write one with it.",
      cause,
    });
  }
  return { folder, manifest: parseManifest(text, file, checkedManifest) };
}
