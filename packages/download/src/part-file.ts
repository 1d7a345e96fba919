// A download under way: `<file>.part`, and beside it where its bytes came from.

import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import { writeAtomically } from "@fleuron/files";
import { parseJson } from "@fleuron/model";
import * as v from "valibot";

const originSchema = v.object({ url: v.string(), etag: v.string() });

/** Which version of the file, by whose word, the bytes so far belong to. */
type Origin = v.InferOutput<typeof originSchema>;

export class PartFile {
  readonly path: string;
  readonly #originPath: string;

  constructor(file: string) {
    this.path = `${file}.part`;
    this.#originPath = `${file}.part.json`;
  }

  /** Bytes so far. */
  async size(): Promise<number> {
    return (await fs.stat(this.path).catch(() => undefined))?.size ?? 0;
  }

  async readOrigin(): Promise<Origin | undefined> {
    const text = await fs.readFile(this.#originPath, "utf8").catch(() => "");
    const parsed = parseJson(originSchema, text);
    return "value" in parsed ? parsed.value : undefined;
  }

  /** Without an ETag nothing is remembered. */
  async writeOrigin(url: string, etag: string | undefined): Promise<void> {
    if (etag === undefined) await fs.rm(this.#originPath, { force: true });
    else await writeAtomically(this.#originPath, [Buffer.from(JSON.stringify({ url, etag }))]);
  }

  /** Opens it to write from byte `from` on; what stood behind is gone. */
  async open(from: number): Promise<fs.FileHandle> {
    const handle = await fs.open(this.path, from === 0 ? "w" : "r+");
    await handle.truncate(from);
    return handle;
  }

  async delete(): Promise<void> {
    await fs.rm(this.path, { force: true });
    await fs.rm(this.#originPath, { force: true });
  }

  /** SHA-256 of the bytes so far, in hexadecimal. */
  async hash(signal: AbortSignal | undefined): Promise<string> {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(this.path)) {
      signal?.throwIfAborted();
      hash.update(chunk);
    }
    return hash.digest("hex");
  }
}
