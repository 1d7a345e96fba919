// Where a bundle's files are: at an address, or in the page's hands.
import { runtimeError } from "../errors.js";
import type { BundleFiles } from "../messages.js";
import { downloadText, type TextOptions } from "./download/download-text.js";

export interface FilePlace {
  /** The file's address, or its path among the files that were given: what messages call it. */
  readonly url: string;
  /** The file, where it was given. */
  readonly blob?: Blob;
}

/** @throws FleuronError "bundle-damaged" for a file that was not given. */
export function placeIn(bundle: string | BundleFiles, path: string): FilePlace {
  if (typeof bundle === "string") return { url: new URL(path, bundle).href };
  const blob = bundle[path];
  if (blob instanceof Blob) return { url: path, blob };
  throw runtimeError("bundle-damaged", `${path} is not among the bundle's files that were given.`, {
    subject: path,
    hint: "Give all files of the bundle as Blobs, by their paths in it.",
  });
}

/** @throws what {@link downloadText} throws. */
export const readText = ({ url, blob }: FilePlace, options: TextOptions): Promise<string> =>
  blob ? blob.text() : downloadText(url, options);
