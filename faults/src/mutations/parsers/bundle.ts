// What is read of a bundle.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkOnnx, encodeManifest, MANIFEST_FILE, parseManifest } from "@fleuron/model";
import { must } from "../../lost.js";
import { bytes, json } from "../draws.js";
import type { Parser } from "../parser.js";

export function bundleParsers(bundle: string): readonly Parser[] {
  const text = readFileSync(join(bundle, MANIFEST_FILE));
  const manifest = parseManifest(text.toString(), MANIFEST_FILE);
  const onnx = manifest.models.filter(({ format }) => format === "onnx");
  return [
    {
      name: "fleuron.json",
      samples: [text],
      draw: json,
      read(given) {
        const read = parseManifest(given.toString(), MANIFEST_FILE);
        const again = parseManifest(encodeManifest(read), MANIFEST_FILE);
        must(JSON.stringify(again) === JSON.stringify(read), () => "it is not read again as it was written");
      },
    },
    {
      name: "an ONNX model",
      samples: onnx.map(({ files }) => readFileSync(join(bundle, files[0]!.path))),
      draw: bytes,
      read: (given) => checkOnnx([given], { manifest, model: onnx[0]!, subject: "model.onnx" }),
    },
  ];
}
