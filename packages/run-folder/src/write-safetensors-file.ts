import { replaceFile } from "@fleuron/files";
import { encodeSafetensorsHeader, sizeOf } from "@fleuron/model";
import type { NamedTensor, StateTensor } from "@fleuron/training";
import { runFolderError } from "./format/errors.js";

/**
 * Writes tensors to a safetensors file, at once or not at all, straight from the arrays that hold them: memory
 * does not grow. Asks for the next tensor when the one before is written.
 * @param tensors What the file will hold (F32), in this order.
 * @param data Those tensors in any order.
 * @throws FleuronError `checkpoint-mismatch` when `data` are not exactly `tensors`; `disk-full`,
 * `file-unwritable`; and whatever `data` throws.
 */
export function writeSafetensorsFile(
  file: string,
  tensors: readonly StateTensor[],
  data: AsyncIterable<NamedTensor>,
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  return replaceFile(file, async (put) => {
    const header = encodeSafetensorsHeader(
      tensors.map(({ name, shape }) => ({ name, shape, dtype: "F32" })),
      metadata,
    );
    await put(header, 0);
    const due = positionsOf(tensors, header.length);
    for await (const { name, shape, data: values } of data) {
      const expected = due.get(name);
      if (expected === undefined) throw mismatch(file, `'${name}' is not due, or was given twice`);
      const wanted = `[${expected.shape.join(", ")}]`;
      if (`[${shape.join(", ")}]` !== wanted || values.length !== sizeOf(shape)) {
        const given = `[${shape.join(", ")}] with ${values.length} values`;
        throw mismatch(file, `'${name}' is ${given} instead of ${wanted}`);
      }
      await put(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), expected.position);
      due.delete(name);
    }
    const [missing] = due.keys();
    if (missing !== undefined) throw mismatch(file, `'${missing}' was not given`);
  });
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
