// What is read of a bundle.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeManifest, MANIFEST_FILE, parseManifest } from "@fleuron/model";
import { must } from "../../lost.js";
import { json } from "../draws.js";
import type { Parser } from "../parser.js";

export const bundleParsers = (bundle: string): readonly Parser[] => [
  {
    name: "fleuron.json",
    samples: [readFileSync(join(bundle, MANIFEST_FILE))],
    draw: json,
    read(bytes) {
      const manifest = parseManifest(bytes.toString(), MANIFEST_FILE);
      const again = parseManifest(encodeManifest(manifest), MANIFEST_FILE);
      must(
        JSON.stringify(again) === JSON.stringify(manifest),
        () => "it is not read again as it was written",
      );
    },
  },
];
