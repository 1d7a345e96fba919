/** A manifest as the text of its file. */

import { manifestError } from "./errors.js";
import { formatVersionOf, type Manifest, parseManifest } from "./manifest.js";
import { checkedManifest } from "./strict-check.js";

const SUBJECT = "The manifest";

/**
 * @throws FleuronError `manifest-invalid` for a manifest that could not be read again, or not by readers of its version.
 */
export function encodeManifest(manifest: Manifest): string {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const { formatVersion } = parseManifest(text, SUBJECT, checkedManifest);
  const needed = formatVersionOf(manifest);
  if (formatVersion >= needed) return text;
  const problem = `'formatVersion' is ${formatVersion}, and it has entries of version ${needed}`;
  throw manifestError("manifest-invalid", SUBJECT, problem);
}
