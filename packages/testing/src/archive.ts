// Archives like flower_photos.tgz, honest and hostile, and what long work on them gives.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";

export type TestEntry = Partial<Header> & { readonly name: string; readonly contents?: string | Uint8Array };

export async function archiveOf(entries: readonly TestEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { contents = "", ...header } of entries) tar.entry(header, contents);
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

/** Two classes of two photos each (which are noise), and the authors. */
export const flowerArchive = (): Promise<Buffer> =>
  archiveOf([
    { name: "flower_photos/", type: "directory" },
    { name: "flower_photos/LICENSE.txt", contents: "by Ada and Grace" },
    ...["daisy/1.jpg", "daisy/2.jpg", "roses/1.jpg", "roses/2.jpg"].map((name, index) => ({
      name: `flower_photos/${name}`,
      contents: noise(40_000, index),
    })),
  ]);

function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 32) {
    bytes.set(
      createHash("sha256")
        .update(`${seed} ${at}`)
        .digest()
        .subarray(0, length - at),
      at,
    );
  }
  return bytes;
}

/** What a download of these contents asks for. */
export const remoteOf = (contents: Uint8Array, urls: readonly string[]) => ({
  urls,
  bytes: contents.length,
  sha256: createHash("sha256").update(contents).digest("hex"),
});
