/** Unpacks a gzipped tar archive into a new folder, trusting nothing that it says. */
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { folderFailure, makeFolder } from "@fleuron/files";
import { FleuronError, progress, throttle, type WorkEvent } from "@fleuron/model";
import { extract, type Header } from "tar-stream";
import { downloadError } from "./errors.js";
import { unstalled, within } from "./unstalled.js";

export interface UnpackOptions {
  readonly archive: string;
  /** The one folder at the archive's top; what lies in it comes into `folder`. */
  readonly top: string;
  readonly folder: string;
  /** The limit on files and folders together. */
  readonly maxEntries: number;
  /** The limit on the unpacked archive, its headers and padding included. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds without anything new, after which an archive is taken for damaged. */
const SILENCE = 30_000;

export interface Unpacked {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes regular files and folders below `top`, nothing else: links, devices, absolute paths, `..`, and paths
 * that some system reads otherwise are refused, and so is an archive that is larger than it may be. What was
 * written before a failure stays in `folder`: unpack into one that can be thrown away.
 *
 * @throws FleuronError `archive-unsafe`, `archive-damaged`, `disk-full`, `folder-unwritable`; `signal.reason`.
 */
export async function* unpack(options: UnpackOptions): AsyncGenerator<WorkEvent, Unpacked> {
  const { archive, folder, signal, maxEntries, maxBytes } = options;
  const unsafe = (what: string) =>
    downloadError("archive-unsafe", `${archive} ${what}: it was not unpacked.`, {
      subject: archive,
      hint: "Delete the file. It is not the archive that it should be.",
    });
  const stalled = () => damaged(archive, "nothing more comes out of it");
  const entries = extract();
  let failure: unknown;
  const source = createReadStream(archive);
  const flow = pipeline(
    source,
    createGunzip(),
    bounded(maxBytes, () => unsafe("is too large when unpacked")),
    entries,
    {
      ...(signal && { signal }),
    },
  ).catch((error: unknown) => {
    failure ??= error;
  });

  let [seen, files, bytes] = [0, 0, 0];
  const due = throttle(Number.POSITIVE_INFINITY);
  try {
    for await (const entry of unstalled(entries, SILENCE, stalled)) {
      if (++seen > maxEntries) throw unsafe(`has more than ${maxEntries} entries`);
      const inside = safePath(entry.header, options.top);
      if (typeof inside === "string") throw unsafe(inside);
      const target = path.join(folder, ...inside.below);
      if (inside.kind === "folder") {
        await makeFolder(target);
        entry.resume();
        continue;
      }
      const contents = await contentsOf(unstalled(entry, SILENCE, stalled));
      await makeFolder(path.dirname(target));
      // A second entry of the same name would be a trick.
      await writeFile(target, contents, { flag: "wx" });
      files++;
      bytes += contents.length;
      if (due(files)) yield progress("unpacking", files, files, "files");
    }
  } catch (error) {
    failure ??= error;
  } finally {
    source.destroy();
    entries.destroy();
    await within(SILENCE, flow, stalled).catch((error: unknown) => {
      failure ??= error;
    });
  }
  signal?.throwIfAborted();
  if (failure !== undefined) throw explained(failure, archive, folder);
  return { files, bytes };
}

type SafePath = { readonly kind: "file" | "folder"; readonly below: readonly string[] };

/** Where an entry goes, below the top folder; or what is wrong with it. */
function safePath({ name, type, linkname }: Header, top: string): SafePath | string {
  if (type === "symlink" || type === "link") return `has a link (${name} to ${linkname})`;
  if (type !== "file" && type !== "directory" && type !== "contiguous-file")
    return `has an entry of type ${type} (${name})`;
  const parts = name.replace(/\/$/, "").replace(/^\.\//, "").split("/");
  const [first, ...below] = parts;
  if (first !== top || below.some((part) => part === "" || part === "." || part === "..")) {
    return `has the path '${name}', which leads out of ${top}/`;
  }
  if (below.some((part) => FORBIDDEN.test(part))) return `has the path '${name}', which is not a plain name`;
  const kind = type === "directory" ? "folder" : "file";
  return kind === "file" && below.length === 0
    ? `has the path '${name}', which is not a folder`
    : { kind, below };
}

/** Control characters, and what Windows reads as a separator, a drive or a stream. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN = /[\u0000-\u001f\\:]/;

async function contentsOf(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function bounded(maxBytes: number, tooLarge: () => Error): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      passed += chunk.length;
      if (passed > maxBytes) done(tooLarge());
      else done(null, chunk);
    },
  });
}

function explained(failure: unknown, archive: string, folder: string): Error {
  if (failure instanceof FleuronError) return failure;
  if (failure instanceof Error && "syscall" in failure) return folderFailure(folder, failure);
  const reason = failure instanceof Error ? failure.message.replace(/\.$/, "") : String(failure);
  return damaged(archive, reason, failure);
}

const damaged = (archive: string, reason: string, cause?: unknown) =>
  downloadError("archive-damaged", `${archive} cannot be unpacked: ${reason}.`, {
    subject: archive,
    hint: "Delete the file and fetch it again.",
    cause,
  });
