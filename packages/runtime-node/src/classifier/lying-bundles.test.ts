// Bundles that contradict themselves, and those that onnxruntime refuses: an error when they are opened, never an answer.
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FleuronError, MANIFEST_FILE } from "@fleuron/model";
import { drawFlower, lies } from "@fleuron/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bundleContents, writeContents, writeSmallBundle } from "../fixtures/small-bundle.js";
import { loadClassifier } from "./load-classifier.js";

const truth = bundleContents();
const flower = drawFlower({ width: 90, height: 70 });
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-lies-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("the truth is taken", async () => {
  await writeContents(folder, truth);
  await using classifier = await loadClassifier(folder);
  expect((await classifier.classify(flower)).predictions).toHaveLength(3);
});

it.each(lies)("is refused when it is opened: $name", async ({ tell, code, message }) => {
  await writeContents(folder, tell(truth));
  const error: unknown = await loadClassifier(folder).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(FleuronError);
  expect(error).toMatchObject({
    code,
    message: expect.stringContaining(message),
    subject: expect.stringContaining(folder),
  });
});

it("an answer that is no number is an error that names the model, and the next photo gets its own", async () => {
  await writeSmallBundle(folder);
  const file = join(folder, MANIFEST_FILE);
  const manifest = JSON.parse(await readFile(file, "utf8"));
  manifest.preprocessing.scale = 1e36;
  await writeFile(file, JSON.stringify(manifest));
  await using classifier = await loadClassifier(folder);
  const black = { ...flower, data: new Uint8Array(flower.data.length) };
  await expect(classifier.classify([black, flower])).rejects.toMatchObject({
    code: "model-unusable",
    subject: join(folder, "model.float32.onnx"),
    message: expect.stringContaining("gave values that are not probabilities: NaN, NaN, NaN"),
  });
  expect((await classifier.classify(black)).predictions).toHaveLength(3);
});

// Windows lets only administrators make links.
it.skipIf(process.platform === "win32")(
  "weights that are a link are told from a damaged bundle",
  async () => {
    await mkdir(join(folder, "bundle"));
    await writeContents(join(folder, "bundle"), truth);
    const data = join(folder, "bundle", "model.onnx.data");
    await rename(data, join(folder, "elsewhere.data"));
    await symlink(join(folder, "elsewhere.data"), data);
    await expect(loadClassifier(join(folder, "bundle"))).rejects.toMatchObject({
      code: "model-unusable",
      subject: data,
      message: expect.stringContaining("is a link"),
      hint: "Copy the files themselves: a link is refused.",
    });
  },
);
