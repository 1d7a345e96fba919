// The table of parsers: everything of the house that reads what somebody else may have written.
import type { Parser } from "../parser.js";
import { archiveParsers } from "./archives.js";
import { bundleParsers } from "./bundle.js";
import { commandLineParsers } from "./command-line.js";
import { markerParsers } from "./markers.js";
import { photoParsers } from "./photos.js";
import { runFolderParsers } from "./run-folder.js";
import { safetensorsParsers } from "./safetensors.js";

/** A whole run and a bundle of it are the samples of some. */
export interface Whole {
  readonly run: string;
  readonly bundle: string;
}

export const parsersOf = async ({ run, bundle }: Whole): Promise<readonly Parser[]> => [
  ...bundleParsers(bundle),
  ...safetensorsParsers(run),
  ...runFolderParsers(run),
  ...photoParsers,
  ...(await archiveParsers()),
  ...markerParsers,
  ...commandLineParsers,
];
