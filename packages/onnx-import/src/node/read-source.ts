// An ONNX file and what lies beside it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { readFailure, systemCode } from "@fleuron/files";
import type { ImportSource } from "@fleuron/model";

export interface SourceFile extends Omit<ImportSource, "weights"> {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** A file that the model names, by its path from the model's folder; undefined where there is none. */
  readonly externalData: (path: string) => Uint8Array | undefined;
}

/** @throws FleuronError `file-unreadable`. */
export async function readSource(file: string): Promise<SourceFile> {
  const path = resolve(file);
  const bytes = await readFile(path).catch((cause: unknown) => Promise.reject(readFailure(path, cause)));
  const read = new Map<string, Uint8Array | undefined>();
  return {
    path,
    bytes,
    file: basename(path),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    externalData(name) {
      if (!read.has(name)) read.set(name, readBeside(join(dirname(path), name)));
      return read.get(name);
    },
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
