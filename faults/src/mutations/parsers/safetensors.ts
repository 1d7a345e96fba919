// Tensors: in memory, in a file, and as the checkpoint of a run.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors, sizeOf } from "@fleuron/model";
import { openCheckpoint, openSafetensorsFile } from "@fleuron/run-folder";
import { decodeCheckpointMetadata } from "../../../../packages/run-folder/dist/format/checkpoint-metadata.js";
import { decodeRunRecord } from "../../../../packages/run-folder/dist/format/run-record.js";
import { must } from "../../lost.js";
import { bytes, json, wrapped } from "../draws.js";
import type { Parser } from "../parser.js";

const PREFIX = 8;

export function safetensorsParsers(run: string): readonly Parser[] {
  const { plan } = decodeRunRecord(readFileSync(join(run, "run.json"), "utf8"), "run.json");
  const checkpoints = ["last", "best"].map((kind) => readFileSync(join(run, `${kind}.safetensors`)));
  const headers = checkpoints.map((file) => ({ metadata: decodeSafetensors(file).metadata, file }));
  return [
    {
      name: "safetensors in memory",
      samples: [mixed(), ...checkpoints.map((file) => file.subarray(0, PREFIX + headerBytes(file)))],
      draw: wrapped(json, header, (text) => withHeader(text, mixed())),
      read(given) {
        for (const [name, { data, begin, end }] of decodeSafetensors(given).tensors)
          must(data.length === end - begin, () => `'${name}' has ${data.length} bytes`);
      },
    },
    {
      name: "a file of safetensors",
      samples: [...checkpoints, mixed(["F32"])],
      draw: bytes,
      file: "last.safetensors",
      async read(_, folder) {
        await using opened = await openSafetensorsFile(join(folder, "last.safetensors"));
        for await (const { name, shape, data } of opened.read())
          must(data.length === sizeOf(shape), () => `'${name}' has ${data.length} numbers`);
      },
    },
    {
      name: "a checkpoint",
      samples: checkpoints,
      draw: wrapped(json, header, (text) => withHeader(text, checkpoints[0]!)),
      file: "last.safetensors",
      async read(_, folder) {
        await using opened = await openCheckpoint(join(folder, "last.safetensors"), plan);
        must(opened.progress.epoch >= 0, () => `epoch ${opened.progress.epoch}`);
      },
    },
    {
      name: "a checkpoint's metadata",
      samples: headers.map(({ metadata }) => Buffer.from(JSON.stringify(metadata))),
      draw: json,
      read(given) {
        const metadata = strings(given.toString());
        if (metadata !== undefined) decodeCheckpointMetadata(metadata, "last.safetensors");
      },
    },
  ];
}

const headerBytes = (file: Buffer): number => Number(file.readBigUInt64LE(0));

const header = (file: Buffer): Buffer => file.subarray(PREFIX, PREFIX + headerBytes(file));

/** Another header of the right length before the data of a file. */
function withHeader(text: Buffer, file: Buffer): Buffer {
  const length = Buffer.alloc(PREFIX);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, file.subarray(PREFIX + headerBytes(file))]);
}

/** Small tensors of several types, one of them empty. */
function mixed(types: readonly ("F32" | "U8" | "I64")[] = ["F32", "U8", "I64"]): Buffer {
  const arrays = { F32: Float32Array, U8: Uint8Array, I64: BigInt64Array } as const;
  return Buffer.from(
    encodeSafetensors(
      [
        ...types.map((dtype) => ({ name: `a/${dtype}`, dtype, shape: [2, 3], data: new arrays[dtype](6) })),
        { name: "empty", dtype: "F32" as const, shape: [0, 4], data: new Float32Array(0) },
      ],
      { step: "12" },
    ),
  );
}

/** What a header's metadata may be; anything else is refused where the header is read. */
function strings(text: string): Readonly<Record<string, string>> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}
