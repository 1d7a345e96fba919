// `node scripts/check-onnx.mjs BUNDLE`: what Python's onnx and onnxruntime say about the ONNX models of a bundle.
// Each passes the checker with strict shape inference, and gives here and there the same probabilities of two drawn
// inputs. FLEURON_PYTHON names a Python that has onnx and onnxruntime (default: python3).
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

build("@fleuron/bench");
const { findPython } = await import("../bench/dist/compare/find-python.js");
const { openBundle, openOnnxModel } = await import("../packages/runtime-node/dist/index.js");
const { randomStream } = await import("../packages/model/dist/index.js");

const modules = ["numpy", "onnx", "onnxruntime"];
const batch = 2;

const [given] = process.argv.slice(2);
if (!given) fail("name a bundle's folder, for example: node scripts/check-onnx.mjs runs/first/bundle");
const python = await findPython(modules);
const missing = modules.filter((name) => !python?.modules.has(name));
if (!python || missing.length > 0) {
  const who = python ? `${python.command} has no ${missing.join(", ")}` : "there is no python3";
  process.stdout.write(`skipped: ${who}; pip install onnx onnxruntime, or set FLEURON_PYTHON.\n`);
  process.exit();
}

const { folder, manifest } = await openBundle(resolve(process.env.INIT_CWD ?? ".", given));
const models = manifest.models.filter(({ format }) => format === "onnx");
if (models.length === 0) fail(`${folder} holds no ONNX model`);
const temporary = await mkdtemp(join(tmpdir(), "fleuron-check-onnx-"));
try {
  const requests = [];
  for (const [index, entry] of models.entries()) {
    const [, ...sizes] = entry.input.shape;
    const image = new Float32Array(sizes.reduce((a, b) => a * b, batch));
    randomStream(1, "augment", 0, 0).fillNormal(image, 0, 1);
    const model = await openOnnxModel(folder, entry);
    const [imageFile, expectedFile] = ["image", "expected"].map((kind) =>
      join(temporary, `${index}.${kind}`),
    );
    await writeFile(imageFile, image);
    await writeFile(expectedFile, await model.run(image));
    await model[Symbol.asyncDispose]();
    requests.push({
      model: join(folder, entry.files[0].path),
      input: entry.input.name,
      shape: [batch, ...sizes],
      image: imageFile,
      output: entry.output.name,
      expected: expectedFile,
    });
  }
  const script = fileURLToPath(new URL("check-onnx.py", import.meta.url));
  const { status } = spawnSync(python.command, [script], {
    input: JSON.stringify(requests),
    stdio: ["pipe", "inherit", "inherit"],
  });
  process.exitCode = status ?? 1;
} finally {
  await rm(temporary, { recursive: true, force: true });
}

function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(2);
}
