// The table of parsers: everything of the house that reads what somebody else may have written.
import type { Parser } from "../parser.js";
import { archiveParsers } from "./archives.js";
import { bundleParsers } from "./bundle.js";
import { commandLineParsers } from "./command-line.js";
import { markerParsers } from "./markers.js";
import { onnxFileParser } from "./onnx-file.js";
import { photoParsers } from "./photos.js";
import { runFolderParsers } from "./run-folder.js";
import { safetensorsParsers } from "./safetensors.js";

/** A whole run and a bundle of it are the samples of some. */
export interface Whole {
  readonly run: string;
  readonly bundle: string;
}

/** Without a whole run only those whose samples are none of it. */
export const parsersOf = async (whole?: Whole): Promise<readonly Parser[]> => [
  ...(whole ? [...bundleParsers(whole.bundle), ...safetensorsParsers(whole.run)] : []),
  ...(whole ? runFolderParsers(whole.run) : []),
  ...photoParsers,
  ...(await archiveParsers()),
  ...markerParsers,
  ...commandLineParsers,
  onnxFileParser,
];
