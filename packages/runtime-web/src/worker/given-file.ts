import { type BundleFile, CHUNK_BYTES } from "@fleuron/model";
import { runtimeError } from "../errors.js";
import { sha256 } from "./download/sha256.js";

/** The bytes of a bundle's file that was given, each 4 MiB checked. @throws FleuronError "integrity-mismatch". */
export async function givenFile(file: BundleFile, blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const data = new Uint8Array(await blob.arrayBuffer());
  let isWhole = data.length === file.bytes;
  for (const [index, chunk] of file.chunks.entries()) {
    const hash = isWhole && (await sha256(data.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)));
    isWhole &&= hash === undefined || hash === chunk;
  }
  if (isWhole) return data;
  throw runtimeError(
    "integrity-mismatch",
    `${file.path} is not the file that the bundle's manifest describes.`,
    {
      subject: file.path,
      hint: "Give all files of one bundle, as they were written.",
    },
  );
}
