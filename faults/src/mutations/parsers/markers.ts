// Small files that say that a folder is whole, and where a download stands.
import { join } from "node:path";
import { readEngineMarker } from "@fleuron/installer";
import { FleuronError } from "@fleuron/model";
import { PartFile } from "../../../../packages/download/dist/part-file.js";
import { isComplete } from "../../../../packages/photos/dist/datasets/marker.js";
import { requireMachineCode } from "../../../../packages/tensorflow/dist/install/machine-code.js";
import { must } from "../../lost.js";
import { bytes, json } from "../draws.js";
import type { Parser } from "../parser.js";

const jsonOf = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** What counts as damaged is made anew. */
const damaged = (what: string) => new FleuronError("damaged", what);

export const markerParsers: readonly Parser[] = [
  {
    name: "the marker of a data set",
    samples: [jsonOf({ formatVersion: 1, name: "procedural", what: "Drawn flowers.", files: 0, bytes: 0 })],
    draw: json,
    file: "fleuron-dataset.json",
    async read(_, folder) {
      if (!(await isComplete(folder))) throw damaged("marker");
    },
  },
  {
    name: "the marker of an engine",
    samples: [
      jsonOf({
        formatVersion: 1,
        engine: "tfjs-node",
        installed: "2026-11-23T13:45:00.000Z",
        versions: { libtensorflow: "2.21.0" },
        source: "tensorflow-cpu 2.21.0",
        libraries: { "libtensorflow_cc.so.2": { bytes: 64, sha256: "00" } },
        cuda: { cublas: { version: "12.9", files: { "lib/libcublas.so.12": 8 } } },
        triedOn: "processor",
        measured: { device: "NVIDIA A10", step: 10, onnxCpuStep: 90 },
      }),
    ],
    draw: json,
    file: "fleuron-engine.json",
    async read(_, folder) {
      const marker = await readEngineMarker(join(folder, "fleuron-engine.json"));
      if (marker === undefined) throw damaged("marker");
      must(typeof marker.engine === "string", () => "it names no engine");
    },
  },
  {
    name: "where a download stands",
    samples: [jsonOf({ url: "https://example.org/flower_photos.tgz", etag: '"abc"' })],
    draw: json,
    file: "photos.part.json",
    async read(_, folder) {
      const origin = await new PartFile(join(folder, "photos")).readOrigin();
      if (origin === undefined) throw damaged("origin");
      must(typeof origin.url === "string" && typeof origin.etag === "string", () => "it is no origin");
    },
  },
  {
    name: "the kind of a library",
    samples: [elf(62), elf(183)],
    draw: bytes,
    file: "libtensorflow.so.2",
    read: (_, folder) => requireMachineCode(join(folder, "libtensorflow.so.2"), "libtensorflow"),
  },
];

/** The first bytes of an ELF-64 file for a processor: 62 is x64, 183 arm64. */
function elf(machine: number): Buffer {
  const head = Buffer.alloc(64);
  head.write("\x7fELF\x02\x01\x01", "latin1");
  head.writeUInt16LE(machine, 18);
  return head;
}
