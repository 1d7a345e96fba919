// `node scripts/check-runtimes/python-lines.mjs BUNDLE`: the Python lines of docs/bundle-format.md on photos of every kind, beside
// `@fleuron/runtime-node`. FLEURON_PYTHON names a Python with numpy, Pillow and onnxruntime (default: python3).
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "../build.mjs";

build("@fleuron/testing");
build("@fleuron/runtime-node");
const { loadClassifier } = await import("../../packages/runtime-node/dist/index.js");
const sharp = createRequire(new URL("../../packages/runtime-node/package.json", import.meta.url))("sharp");
const { drawFlower, photoZoo } = await import("../../packages/testing/dist/index.js");

/** A photo that was decoded and resized alike gives float32's rounding; one level off gives more. */
const TOLERANCE = 1e-4;

const [given] = process.argv.slice(2);
if (!given) {
  process.stderr.write("name a bundle's folder, for example: runs/first/bundle\n");
  process.exit(2);
}
const bundle = resolve(process.env.INIT_CWD ?? ".", given);
const page = await readFile(new URL("../../docs/bundle-format.md", import.meta.url), "utf8");
const [, lines] = page.match(/```py\n([\s\S]*?)```/);
const folder = await mkdtemp(join(tmpdir(), "fleuron-python-lines-"));
const program = `${lines}\nprint(json.dumps([float(p) for p in probabilities[0]]))\n`;
const classifier = await loadClassifier(bundle);
let worst = 0;
try {
  await symlink(bundle, join(folder, "bundle"));
  await writeFile(join(folder, "lines.py"), program.replace("rose.jpg", "photo"));
  for (const [kind, encoded] of await photos()) {
    const photo = join(folder, "photo");
    await writeFile(photo, encoded);
    const { status, stdout, stderr } = spawnSync(process.env.FLEURON_PYTHON || "python3", ["lines.py"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${kind}: ${stderr}`);
    const theirs = JSON.parse(stdout.trim().split("\n").at(-1));
    const ours = await classifier.classify(encoded);
    const difference = Math.max(
      ...ours.predictions.map(({ label, probability }) =>
        Math.abs(probability - theirs[classifier.manifest.labels.indexOf(label)]),
      ),
    );
    worst = Math.max(worst, difference);
    process.stdout.write(`${kind.padEnd(44)} ${difference.toExponential(1)}\n`);
  }
} finally {
  await classifier[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = worst <= TOLERANCE ? 0 : 1;

/** Those forms that decoders take differently, one by one. */
async function photos() {
  const wanted = ["JPEG, EXIF", "PNG, grey", "transparent", "JPEG, subsampled"];
  const zoo = (await photoZoo()).filter(({ kind }) => wanted.some((words) => kind.startsWith(words)));
  const forms = zoo.flatMap(({ kind, photos }) =>
    photos.map((photo, index) => [`${kind}, ${index + 1} of ${photos.length}`, photo]),
  );
  const { data, width, height } = drawFlower({ width: 61, height: 47 });
  const pixels = sharp(data, { raw: { width, height, channels: 3 } });
  const grey = await pixels.toColourspace("grey16").png().toBuffer();
  return [...forms, ["PNG, grey, 16 bits", grey]];
}
