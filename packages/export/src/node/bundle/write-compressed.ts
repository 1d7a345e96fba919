// The forms of a file that servers send in its place: compressed once, as well as it goes, and not for each visitor.
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { type CompressedFile, type ContentCoding, contentCodings } from "@fleuron/model";
import type { EncodedFile } from "../../format.js";
import { type WriteFileOptions, writeFile } from "./write-file.js";

const compressors: { readonly [coding in ContentCoding]: (bytes: Uint8Array) => Promise<Buffer> } = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/**
 * Writes each compressed form of a file that is smaller than the file, beside it.
 * @throws FleuronError as {@link writeFile}.
 */
export async function writeCompressed(
  folder: string,
  { path, parts }: EncodedFile,
  options: Pick<WriteFileOptions, "signal">,
): Promise<readonly CompressedFile[]> {
  const bytes = Buffer.concat(parts);
  const written: CompressedFile[] = [];
  for (const coding of Object.keys(contentCodings) as ContentCoding[]) {
    options.signal?.throwIfAborted();
    const compressed = await compressors[coding](bytes);
    if (compressed.length >= bytes.length) continue;
    const file = { path: `${path}${contentCodings[coding]}`, parts: [compressed] };
    written.push({ coding, ...(await writeFile(folder, file, { ...options, onBytes: () => undefined })) });
  }
  return written;
}
