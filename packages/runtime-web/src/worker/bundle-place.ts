import { runtimeError } from "../errors.js";
import type { BundleFiles } from "../messages.js";
import type { FilePlace } from "./download/request.js";

/** Where a bundle's file is. @throws FleuronError "bundle-damaged" for one that was not given. */
export function placeIn(bundle: string | BundleFiles, path: string): FilePlace {
  if (typeof bundle === "string") return { url: new URL(path, bundle).href, query: new URL(bundle).search };
  const blob = bundle[path];
  if (blob) return { url: path, blob };
  throw runtimeError("bundle-damaged", `${path} is not among the bundle's files.`, { subject: path });
}
