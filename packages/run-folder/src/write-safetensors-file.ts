import { type PutBytes, replaceFile } from "@fleuron/files";
import { encodeSafetensorsHeader, sizeOf } from "@fleuron/model";
import type { NamedTensor, StateTensor } from "@fleuron/training";
import { runFolderError } from "./format/errors.js";

type Metadata = Readonly<Record<string, string>>;

/** Metadata that are asked for once all tensors are written, so that they may say what came of the meantime. */
export interface LateMetadata {
  /** The bytes that they take at most, as JSON. */
  readonly most: number;
  readonly get: () => Promise<Metadata>;
}

/**
 * Writes tensors to a safetensors file, at once or not at all, straight from the arrays that hold them: memory
 * does not grow. Asks for the next tensor when the one before is written, unless that one lasts, and for the end of them when all
 * are.
 * @param tensors What the file will hold (F32), in this order.
 * @param data Those tensors in any order.
 * @throws FleuronError `checkpoint-mismatch` when `data` are not exactly `tensors`; `disk-full`,
 * `file-unwritable`; and whatever `data` and late metadata throw.
 */
export function writeSafetensorsFile(
  file: string,
  tensors: readonly StateTensor[],
  data: AsyncIterable<NamedTensor>,
  metadata: Metadata | LateMetadata,
): Promise<void> {
  const entries = tensors.map(({ name, shape }) => ({ name, shape, dtype: "F32" }) as const);
  return replaceFile(file, async (put) => {
    if (!isLate(metadata)) {
      const header = encodeSafetensorsHeader(entries, metadata);
      await put(header, 0);
      return putTensors(file, positionsOf(tensors, header.length), data, put);
    }
    const least = encodeSafetensorsHeader(entries, {}).length + metadata.most;
    const { length: room } = encodeSafetensorsHeader(entries, {}, least);
    await putTensors(file, positionsOf(tensors, room), data, put);
    const header = encodeSafetensorsHeader(entries, await metadata.get(), room);
    if (header.length > room) throw new Error(`internal: the head of ${file} takes ${header.length} bytes`);
    await put(header, 0);
  });
}

const isLate = (metadata: Metadata | LateMetadata): metadata is LateMetadata =>
  typeof metadata.get === "function";

/** Those that last and follow one another are put together: a thread that computes meanwhile begins few writes. */
async function putTensors(
  file: string,
  due: ReturnType<typeof positionsOf>,
  data: AsyncIterable<NamedTensor>,
  put: PutBytes,
): Promise<void> {
  let parts: Uint8Array[] = [];
  let [begin, end] = [0, 0];
  const putParts = async () => {
    await put(parts, begin);
    parts = [];
  };
  for await (const { name, shape, data: values, lasts = false } of data) {
    const expected = due.get(name);
    if (expected === undefined) throw mismatch(file, `'${name}' is not due, or was given twice`);
    const wanted = `[${expected.shape.join(", ")}]`;
    if (`[${shape.join(", ")}]` !== wanted || values.length !== sizeOf(shape)) {
      const given = `[${shape.join(", ")}] with ${values.length} values`;
      throw mismatch(file, `'${name}' is ${given} instead of ${wanted}`);
    }
    if (expected.position !== end) await putParts();
    if (parts.length === 0) begin = expected.position;
    parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    end = expected.position + values.byteLength;
    due.delete(name);
    if (!lasts || due.size === 0) await putParts();
  }
  const [missing] = due.keys();
  if (missing !== undefined) throw mismatch(file, `'${missing}' was not given`);
}

function positionsOf(tensors: readonly StateTensor[], dataOffset: number) {
  const positions = new Map<string, { readonly shape: readonly number[]; readonly position: number }>();
  let position = dataOffset;
  for (const { name, shape } of tensors) {
    positions.set(name, { shape, position });
    position += sizeOf(shape) * Float32Array.BYTES_PER_ELEMENT;
  }
  return positions;
}

const mismatch = (file: string, problem: string) =>
  runFolderError("checkpoint-mismatch", `${file} was not written: tensor ${problem}.`, {
    subject: file,
    hint: "The state to save must be that of the run's plan.",
  });
