import { parseSafetensorsHeader, type SafetensorsHeader, safetensorsDataOffset } from "@fleuron/model";

const PREFIX_BYTES = 8;

/** A safetensors file of float32 tensors, of which nothing but the header is in memory. */
export interface SafetensorsBlob extends Pick<SafetensorsHeader, "tensors" | "metadata"> {
  read(name: string): Promise<Float32Array>;
}

/** @param file what messages call it. @throws FleuronError "safetensors-…". */
export async function openSafetensors(blob: Blob, file: string): Promise<SafetensorsBlob> {
  const bytesOf = async (begin: number, end: number) =>
    new Uint8Array(await blob.slice(begin, end).arrayBuffer());
  const start = safetensorsDataOffset(await bytesOf(0, PREFIX_BYTES), { file });
  const header = parseSafetensorsHeader(await bytesOf(0, start), { file, fileLength: blob.size });
  const { tensors, metadata, dataOffset } = header;
  return {
    tensors,
    metadata,
    async read(name) {
      const { begin, end } = tensors.get(name)!;
      return new Float32Array((await bytesOf(dataOffset + begin, dataOffset + end)).buffer);
    },
  };
}
