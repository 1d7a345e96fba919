// An ONNX file and what lies beside it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { readFailure, systemCode } from "@fleuron/files";
import type { ImportSource } from "@fleuron/model";
import type { OnnxFile } from "../onnx-file.js";

/** Its path is absolute. */
export interface SourceFile extends OnnxFile, Omit<ImportSource, "weights"> {}

/** @throws FleuronError `file-unreadable`. */
export async function readSource(file: string): Promise<SourceFile> {
  const path = resolve(file);
  const bytes = await readFile(path).catch((cause: unknown) => Promise.reject(readFailure(path, cause)));
  return {
    path,
    bytes,
    file: basename(path),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    externalData: (name) => readBeside(join(dirname(path), name)),
  };
}

function readBeside(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return undefined;
    throw readFailure(path, cause);
  }
}
