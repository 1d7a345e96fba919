import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Manifest, notebookPreprocessing } from "@fleuron/model";
import { afterEach, beforeEach, expect, it } from "vitest";
import { colours } from "../terminal/colours.js";
import { siteLines } from "../views/site.js";
import { HEADERS } from "./headers.js";
import { writeSite } from "./write-site.js";

const model = (format: "onnx" | "tfjs-graph", path: string) => ({
  format,
  precision: "float32" as const,
  input: {
    name: "image",
    layout: "NCHW" as const,
    shape: ["batch", 3, 227, 227] as ["batch", number, number, number],
  },
  output: { name: "probabilities" },
  files: [{ path, bytes: 3, chunks: ["0".repeat(64)] }],
});
const manifest: Manifest = {
  formatVersion: 1,
  labels: ["a", "b"],
  preprocessing: notebookPreprocessing,
  output: { kind: "probabilities", temperature: 1 },
  models: [model("onnx", "model.onnx"), model("tfjs-graph", "tfjs-graph/model.json")],
  training: {
    run: "first",
    checkpoint: "best",
    weights: "0".repeat(64),
    network: { name: "alexnet", parameters: 1 },
    recipe: "modern",
    epochs: 1,
    dataset: { name: "folder", trainCount: 1, valCount: 1 },
    valAccuracy: null,
    trained: "2026-01-01T00:00:00Z",
  },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-site-"));
  await mkdir(join(folder, "bundle/tfjs-graph"), { recursive: true });
  await writeFile(join(folder, "bundle/fleuron.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "bundle/model.onnx"), "abc");
  await writeFile(join(folder, "bundle/tfjs-graph/model.json"), "abc");
});
afterEach(() => rm(folder, { recursive: true }));

const write = (out: string) =>
  writeSite({ bundle: { folder: join(folder, "bundle"), manifest }, out: join(folder, out) });

it("holds the page, the bundle's ONNX models, and the headers for hosts that read them", async () => {
  const { files } = await write("site");
  const paths = files.map(({ path }) => path);
  for (const path of [
    "index.html",
    "main.js",
    "service-worker.js",
    "bundle/fleuron.json",
    "bundle/model.onnx",
  ])
    expect(paths).toContain(path);
  expect(paths).not.toContain("bundle/tfjs-graph/model.json");
  expect(files[0]!.bytes).toBeGreaterThanOrEqual(files[1]!.bytes);
  const headers = await readFile(join(folder, "site/_headers"), "utf8");
  for (const [name, value] of Object.entries(HEADERS)) expect(headers).toContain(`  ${name}: ${value}\n`);
});

it("touches no folder that has something in it, and leaves nothing beside it", async () => {
  await mkdir(join(folder, "mine"));
  await writeFile(join(folder, "mine/notes.txt"), "notes");
  await expect(write("mine")).rejects.toMatchObject({ code: "site-folder-taken", subject: "--out" });
  expect(await readdir(join(folder, "mine"))).toEqual(["notes.txt"]);
  expect((await readdir(folder)).sort()).toEqual(["bundle", "mine"]);
});

it("leaves nothing of a site that could not be finished", async () => {
  await rm(join(folder, "bundle/model.onnx"));
  await expect(write("site")).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["bundle"]);
});

it("names the hosts that take no file so large", () => {
  const site = {
    folder: join(folder, "site"),
    files: [
      { path: "bundle/model.onnx.data", bytes: 233_000_000 },
      { path: "ort.wasm", bytes: 26_800_000 },
    ],
  };
  const lines = siteLines(site, colours(false));
  expect(lines[1]).toMatch(
    /Cloudflare Pages .* 26\.2 MB: bundle\/model\.onnx\.data \(233\.0 MB\), ort\.wasm \(26\.8 MB\)/,
  );
  expect(lines[2]).toMatch(/GitHub Pages .* 100\.0 MB: bundle\/model\.onnx\.data \(233\.0 MB\)$/);
});
