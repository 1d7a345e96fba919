// Small networks that have learnt drawn flowers for a few epochs, exported in every form, with one photo for them.
import { spawnSync } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { preprocess } from "../../packages/model/dist/index.js";
import { decodePhoto, openBundle, openOnnxModel } from "../../packages/runtime-node/dist/index.js";
import { makeWhole } from "./make-whole.mjs";
import { layouts, precisions } from "./tables.mjs";
import { largestDifference } from "./try-model.mjs";

const cli = fileURLToPath(new URL("../../packages/cli/dist/bundled/main.js", import.meta.url));
/** A photo's probabilities are at least as far from a blank one's: else agreement proves nothing. */
const SPREAD = 1e-2;
/** Wide enough that there are kernels which int8 and int4 store as integers. */
const networks = {
  alexnet: ["--recipe", "quick", "--width", "0.5", "--image-size", "67", "--epochs", "8"],
  "mobilenet-v2": ["--network", "mobilenet-v2", "--image-size", "64", "--epochs", "2"],
};

export async function writeSamples(work) {
  const photos = work("photos");
  await makeWhole(photos, () =>
    fleuron(["data", "make", "--out", photos, "--count", "250", "--format", "png"]),
  );
  const samples = [];
  for (const [network, options] of Object.entries(networks)) {
    const [run, image] = [work(network, "run"), work(network, "image.f32")];
    await makeWhole(run, () => fleuron(["train", "--data", photos, "--out", run, ...options]));
    for (const layout of layouts) {
      const bundle = work(network, layout);
      await rm(bundle, { recursive: true, force: true });
      const exporting = ["export", "--run", run, "--out", bundle, "--no-verify"];
      const form = ["--precision", precisions.join(","), ...(layout === "single" ? ["--single-file"] : [])];
      fleuron([...exporting, ...form]);
    }
    const bundle = await openBundle(work(network, "external"));
    const [, , height, width] = bundle.manifest.models[0].input.shape;
    const values = await imageOf(photos, bundle.manifest.preprocessing);
    await writeFile(image, values);
    samples.push({ network, image, height, width, expected: await answers(bundle, values) });
  }
  return samples;
}

function fleuron(args) {
  const { status } = spawnSync(process.execPath, [cli, ...args], { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`fleuron ${args[0]} ended with ${status}`);
}

/** The first of the photos as the network's input. */
async function imageOf(photos, preprocessing) {
  const names = await readdir(photos, { recursive: true });
  const [first] = names.filter((name) => name.endsWith(".png")).sort();
  const photo = await decodePhoto(await readFile(join(photos, first)), { subject: first });
  return preprocess(photo, preprocessing);
}

/** What onnxruntime makes of the photo at each storage precision. */
async function answers(bundle, image) {
  const entries = precisions.map(async (precision) => {
    const entry = bundle.manifest.models.find((model) => model.precision === precision);
    const model = await openOnnxModel(bundle, entry);
    const [answer, blank] = [await model.run(image), await model.run(new Float32Array(image.length))];
    await model[Symbol.asyncDispose]();
    if (largestDifference(answer, blank) < SPREAD)
      throw new Error("the network says the same of every photo");
    return [precision, answer];
  });
  return Object.fromEntries(await Promise.all(entries));
}
