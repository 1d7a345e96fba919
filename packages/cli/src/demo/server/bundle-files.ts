// The files of a bundle that may be asked for: its manifest, and what that lists now, for a bundle may be exported
// again while it is served.
import type { IncomingHttpHeaders } from "node:http";
import { type BundleFile, FleuronError, MANIFEST_FILE, parseManifest } from "@fleuron/model";
import { acceptedCoding } from "./accepted-coding.js";
import { openFile } from "./open-file.js";
import type { SentFile } from "./sent-file.js";

/** @returns undefined for what is no file of the bundle. */
export async function openBundleFile(
  bundle: string,
  path: string,
  headers: IncomingHttpHeaders,
): Promise<SentFile | undefined> {
  if (path === MANIFEST_FILE) return openFile(bundle, path);
  const file = (await listedFiles(bundle)).find((each) => each.path === path);
  if (file?.compressed === undefined) return file && openFile(bundle, path);
  const coding = acceptedCoding(
    headers,
    file.compressed.map((form) => form.coding),
  );
  const form = file.compressed.find((each) => each.coding === coding);
  const compressed = form && (await openFile(bundle, form.path));
  if (compressed) return { ...compressed, coding: form.coding, varies: true };
  const plain = await openFile(bundle, path);
  return plain && { ...plain, varies: true };
}

async function listedFiles(bundle: string): Promise<readonly BundleFile[]> {
  const manifest = await openFile(bundle, MANIFEST_FILE);
  if (!manifest) return [];
  try {
    const { models } = parseManifest(await manifest.handle.readFile("utf8"), MANIFEST_FILE);
    return models.flatMap(({ files }) => files);
  } catch (error) {
    // The page reads the manifest too, and says what is wrong with it.
    if (error instanceof FleuronError) return [];
    throw error;
  } finally {
    await manifest.handle.close();
  }
}
