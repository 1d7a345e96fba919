// The page's own files, compressed for browsers on other machines: onnxruntime's WebAssembly has 14.2 MB as it is, and 2.8 with brotli.
import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { pageFolder } from "../page-folder.js";
import { acceptedCoding } from "./accepted-coding.js";
import { isLoopback } from "./hosts.js";
import { type OpenFile, openFile } from "./open-file.js";
import type { SentFile } from "./sent-file.js";
import { validatorsOf } from "./validators.js";

export interface PageRequest {
  readonly headers: IncomingHttpHeaders;
  /** The name or address under which the page is asked for. */
  readonly host: string;
}

/** @returns undefined for what is no file of the page; the handle is the caller's to close. */
export type PageFiles = (path: string, request: PageRequest) => Promise<SentFile | undefined>;

const COMPRESSIBLE = /\.(css|html|js|svg|wasm|webmanifest)$/;

/** WebAssembly takes 0.8 s of a processor at this quality, and four times that at 9, for 5% fewer bytes. */
const QUALITY = 5;

/** Each file is compressed when it is first asked for, and kept so in memory. */
export function pageFiles(): PageFiles {
  const kept = new Map<string, Promise<Uint8Array>>();
  return async (path, { headers, host }) => {
    const file = await openFile(pageFolder(), path);
    // On this machine, unpacking takes longer than sending.
    if (!file || !COMPRESSIBLE.test(path) || isLoopback(host)) return file;
    const coding = acceptedCoding(headers, ["br"]);
    if (coding === undefined) return { ...file, varies: true };
    const { etag } = validatorsOf(file.stats);
    const contents = kept.get(etag) ?? compressed(file);
    kept.set(etag, contents);
    try {
      return { ...file, coding, varies: true, contents: await contents };
    } catch (cause) {
      kept.delete(etag);
      await file.handle.close();
      throw cause;
    }
  };
}

async function compressed({ handle, stats }: OpenFile): Promise<Uint8Array> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: Number(stats.size),
  };
  return promisify(brotliCompress)(await handle.readFile(), { params });
}
