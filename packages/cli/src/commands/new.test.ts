import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fakeBundles } from "../fixtures/fake-bundles.js";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { runInProcess } from "../fixtures/run-in-process.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-new-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs `new` over a bundle whose files are there. */
async function create(...words: readonly string[]) {
  return createWithout(undefined, ...words);
}

/** One of the files may be gone. */
async function createWithout(gone: string | undefined, ...words: readonly string[]) {
  const { runtime, exporter } = fakeBundles();
  const opened = await runtime.openBundle("flowers");
  const bundle = join(folder, "bundle");
  const onnx = opened.manifest.models.filter(({ format }) => format === "onnx");
  for (const path of ["fleuron.json", ...onnx.flatMap(({ files }) => files.map((file) => file.path))]) {
    await mkdir(join(bundle, path, ".."), { recursive: true });
    if (path !== gone) await writeFile(join(bundle, path), path);
  }
  const openBundle = async () => ({ ...opened, folder: bundle });
  return runInProcess(["new", ...words], {
    trainer: fakeTrainer(),
    exporter,
    runtime: { ...runtime, openBundle },
  });
}

it("writes a project with the bundle, and says how it is started", async () => {
  const out = join(folder, "Flower Page");
  const { exitCode, stdout } = await create(out, "--bundle", "flowers");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/cd '?.*Flower Page'?\n {5}npm install\n {5}npm run dev\n$/);
  const manifest = JSON.parse(await readFile(join(out, "package.json"), "utf8"));
  expect(manifest).toMatchObject({
    name: "flower-page",
    private: true,
    dependencies: { "@fleuron/runtime-web": expect.stringMatching(/^\d+\.\d+\.\d+$/) },
  });
  expect(await readFile(join(out, "public/bundle/fleuron.json"), "utf8")).toBe("fleuron.json");
  const files = ["index.html", "src/main.ts", "tsconfig.json", "package.json"];
  const texts = await Promise.all(files.map((file) => readFile(join(out, file), "utf8")));
  expect(texts.join("").split("\n").length).toBeLessThanOrEqual(65);
  expect(texts[1]).toContain('loadClassifier("bundle/")');
});

it("gives its files as a line of JSON", async () => {
  const out = join(folder, "page");
  const { stdout } = await create(out, "--json");
  const { files, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({ folder: out });
  expect(files.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining(["index.html", "public/bundle/fleuron.json", "src/main.ts"]),
  );
});

it("refuses a folder that has something in it", async () => {
  const { exitCode, stderr } = await create(folder);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("is not empty.");
});

it("fills an empty folder, which stays the one that it is", async () => {
  const out = join(folder, "page");
  await mkdir(out);
  const { ino } = await stat(out);
  expect((await create(out)).exitCode).toBe(0);
  expect((await stat(out)).ino).toBe(ino);
  expect((await readdir(folder)).sort()).toEqual(["bundle", "page"]);
});

it("names the file of the bundle that is gone, and leaves nothing", async () => {
  const { exitCode, stderr } = await createWithout("fleuron.json", join(folder, "page"));
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`${join(folder, "bundle", "fleuron.json")} does not exist.`);
  expect(await readdir(folder)).toEqual(["bundle"]);
});
