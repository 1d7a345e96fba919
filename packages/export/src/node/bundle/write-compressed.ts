// The forms of a file that servers send in its place: compressed once, as well as it goes, and not for each visitor.
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import { type CompressedFile, type ContentCoding, contentCodings } from "@fleuron/model";
import type { EncodedFile } from "../../format.js";
import { type WriteFileOptions, writeFile } from "./write-file.js";

const compressors = {
  br: (bytes: number) =>
    createBrotliCompress({
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
      },
    }),
  gzip: () => createGzip({ level: constants.Z_BEST_COMPRESSION }),
} satisfies { readonly [coding in ContentCoding]: (bytes: number) => NodeJS.ReadWriteStream };

/** Brotli takes four seconds for a megabyte: what is compressed at a time is small enough to stop after. */
const PIECE = 2 ** 18;

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

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
    const compressor = compressors[coding](bytes.length);
    const compressed = await pipeline(piecesOf(bytes), compressor, buffer, { signal: options.signal });
    if (compressed.length >= bytes.length) continue;
    const file = { path: `${path}${contentCodings[coding]}`, parts: [compressed] };
    written.push({ coding, ...(await writeFile(folder, file, { ...options, onBytes: () => undefined })) });
  }
  return written;
}
