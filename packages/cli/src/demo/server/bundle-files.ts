// The files of a bundle that may be asked for: its manifest, and what that lists now, for a bundle may be exported
// again while it is served.
import { FleuronError, MANIFEST_FILE, parseManifest } from "@fleuron/model";
import { type OpenFile, openFile } from "./open-file.js";

/** @returns undefined for what is no file of the bundle. */
export async function openBundleFile(bundle: string, path: string): Promise<OpenFile | undefined> {
  if (path !== MANIFEST_FILE && !(await listedFiles(bundle)).has(path)) return undefined;
  return openFile(bundle, path);
}

async function listedFiles(bundle: string): Promise<ReadonlySet<string>> {
  const manifest = await openFile(bundle, MANIFEST_FILE);
  if (!manifest) return new Set();
  try {
    const { models } = parseManifest(await manifest.handle.readFile("utf8"), MANIFEST_FILE);
    return new Set(models.flatMap(({ files }) => files.map(({ path }) => path)));
  } catch (error) {
    // The page reads the manifest too, and says what is wrong with it.
    if (error instanceof FleuronError) return new Set();
    throw error;
  } finally {
    await manifest.handle.close();
  }
}
