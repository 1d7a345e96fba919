import { promises as fs } from "node:fs";
import { basename } from "node:path";
import { checkOnce, fileStamp, readFailure, readWhole, systemCode } from "@fleuron/files";
import {
  FleuronError,
  firstNotFinite,
  parseSafetensorsHeader,
  type SafetensorsHeader,
  type SafetensorsTensor,
  safetensorsDataOffset,
  sizeOf,
} from "@fleuron/model";
import type { NamedTensor, StateTensor } from "@fleuron/training";
import type { WeightsInPlace } from "@fleuron/training/onnx";
import { runFolderError } from "./format/errors.js";
import { hashInThread } from "./hash-in-thread.js";

/** A file that stays open, so that what is read is of one piece even when the file is replaced meanwhile. */
export interface SafetensorsFile extends WeightsInPlace, AsyncDisposable {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of their data. */
  readonly tensors: readonly StateTensor[];
  /**
   * Reads the named tensors, default all, one at a time, each into an array of its own.
   * @throws FleuronError `checkpoint-mismatch` for a name that the file has not; `checkpoint-truncated`;
   * `checkpoint-invalid` for a tensor that holds NaN or an infinity.
   */
  read(names?: readonly string[]): AsyncGenerator<NamedTensor, void>;
  /**
   * Reads all tensors once, and again when the file was touched; `notes` is the folder where that is noted.
   * @throws as `read`.
   */
  lookThrough(notes: string): Promise<void>;
  /**
   * SHA-256 of the named tensors' bytes in this order, by a thread beside what else is read. Undefined for so few bytes
   * that no thread pays, and where the thread has failed.
   */
  hashAlong(names: readonly string[]): Promise<string | undefined>;
}

const CHUNK_BYTES = 16 * 2 ** 20;
/** Threads of Node's that read at a time: two take three fifths of the time of one, and leave two for other files. */
const READERS = 2;
const HEADER_PREFIX_BYTES = 8;
/** A thread is there in the time in which so many are hashed. */
const HASHED_ALONG_BYTES = 32 * 2 ** 20;

/**
 * Opens a safetensors file of F32 tensors and validates its header, and its length against it.
 * @throws FleuronError `checkpoint-missing`, `checkpoint-truncated`, `checkpoint-invalid`,
 * `file-unreadable`.
 */
export async function openSafetensorsFile(file: string): Promise<SafetensorsFile> {
  const handle = await open(file);
  try {
    const stamp = fileStamp(await handle.stat({ bigint: true }));
    const header = await readHeader(handle, file);
    const tensors = [...header.tensors].map(([name, { shape }]) => ({ name, shape }));
    const places = new Map(
      [...header.tensors].map(([name, { begin, end }]) => [
        name,
        { file: basename(file), offset: header.dataOffset + begin, length: end - begin },
      ]),
    );
    return {
      metadata: header.metadata,
      tensors,
      places,
      async *read(names = tensors.map(({ name }) => name)) {
        for (const name of names) yield await readTensor(handle, file, header, name);
      },
      async lookThrough(notes) {
        const check = async () => {
          for (const { name } of tensors) await readTensor(handle, file, header, name);
        };
        await checkOnce({ notes, path: file, expected: "numbers", check });
      },
      async isInPlace() {
        const [opened, found] = await Promise.all([handle.stat(), fs.stat(file).catch(() => undefined)]);
        return opened.dev === found?.dev && opened.ino === found.ino;
      },
      async hashAlong(names) {
        const hashed = names.flatMap((name) => places.get(name) ?? []);
        if (hashed.reduce((sum, { length }) => sum + length, 0) < HASHED_ALONG_BYTES) return undefined;
        return hashInThread({ file, stamp, places: hashed });
      },
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function open(file: string): Promise<fs.FileHandle> {
  try {
    return await fs.open(file, "r");
  } catch (cause) {
    if (systemCode(cause) !== "ENOENT") throw readFailure(file, cause);
    throw runFolderError("checkpoint-missing", `There is no ${file}.`, {
      subject: file,
      hint: "Check the path; a run that ended before its first checkpoint has none.",
      cause,
    });
  }
}

async function readHeader(handle: fs.FileHandle, file: string): Promise<SafetensorsHeader> {
  const { size: fileLength } = await handle.stat();
  try {
    const prefix = await readBytes(handle, file, 0, Math.min(HEADER_PREFIX_BYTES, fileLength));
    const headerBytes = Math.min(safetensorsDataOffset(prefix, { file }), fileLength);
    const bytes = await readBytes(handle, file, 0, headerBytes);
    const header = parseSafetensorsHeader(bytes, { file, fileLength });
    for (const [name, { dtype }] of header.tensors) {
      if (dtype !== "F32") throw invalid(file, `${file}: tensor '${name}' is ${dtype} instead of F32.`);
    }
    return header;
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    if (error.code === "safetensors-truncated") throw truncated(file, error.message, error);
    if (error.code === "safetensors-invalid") throw invalid(file, error.message, error);
    throw error;
  }
}

async function readTensor(
  handle: fs.FileHandle,
  file: string,
  { tensors, dataOffset }: SafetensorsHeader,
  name: string,
): Promise<NamedTensor> {
  const tensor: SafetensorsTensor | undefined = tensors.get(name);
  if (tensor === undefined) {
    throw runFolderError("checkpoint-mismatch", `${file} has no tensor '${name}'.`, {
      subject: file,
      hint: "Choose a checkpoint of the same network.",
    });
  }
  const { shape, begin, end } = tensor;
  const { buffer } = await readBytes(handle, file, dataOffset + begin, end - begin, (chunk) => {
    const values = new Float32Array(chunk.buffer, chunk.byteOffset, chunk.length / 4);
    const at = firstNotFinite(values);
    if (at < 0) return;
    const index = chunk.byteOffset / 4 + at;
    throw invalid(file, `${file}: tensor '${name}' holds ${values[at]} at index ${index}.`);
  });
  return { name, shape, data: new Float32Array(buffer, 0, sizeOf(shape)) };
}

/** @param onChunk is called for each that was read, while others are. */
async function readBytes(
  handle: fs.FileHandle,
  file: string,
  position: number,
  length: number,
  onChunk?: (chunk: Uint8Array<ArrayBuffer>) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
  const begins = Array.from(
    { length: Math.ceil(length / CHUNK_BYTES) },
    (_, at) => at * CHUNK_BYTES,
  ).values();
  const readers = Array.from({ length: READERS }, async () => {
    for (const begin of begins) {
      const chunk = bytes.subarray(begin, begin + CHUNK_BYTES);
      const read = await readWhole(handle, chunk, position + begin).catch((cause: unknown) => {
        throw readFailure(file, cause);
      });
      if (read < chunk.length) throw truncated(file, `${file} ends at byte ${position + begin + read}.`);
      onChunk?.(chunk);
    }
  });
  await Promise.all(readers);
  return bytes;
}

const truncated = (file: string, message: string, cause?: unknown) =>
  runFolderError("checkpoint-truncated", message, {
    subject: file,
    hint: "The file was cut short: copy it again from where it is whole, or use the run's other checkpoint.",
    cause,
  });

const invalid = (file: string, message: string, cause?: unknown) =>
  runFolderError("checkpoint-invalid", message, {
    subject: file,
    hint: "The file is damaged or not a checkpoint: use the run's other checkpoint, or start a new run.",
    cause,
  });
