import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Manifest } from "@fleuron/model";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fakeBundles } from "../fixtures/fake-bundles.js";
import { colours } from "../terminal/colours.js";
import { siteLines } from "../views/site.js";
import { HEADERS } from "./headers.js";
import { writeSite } from "./write-site.js";

const { manifest: fake } = await fakeBundles().runtime.openBundle("bundle");
const manifest: Manifest = {
  ...fake,
  models: fake.models.flatMap((model) => [
    model,
    { ...model, format: "tfjs-graph", files: [{ ...model.files[0]!, path: "tfjs-graph/model.json" }] },
  ]),
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-site-"));
  await mkdir(join(folder, "bundle/tfjs-graph"), { recursive: true });
  await writeFile(join(folder, "bundle/fleuron.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "bundle/model.onnx"), "abc");
  await writeFile(join(folder, "bundle/model.onnx.data"), "abcdef");
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
  await expect(write("mine")).rejects.toMatchObject({ code: "site-folder-taken", subject: "out" });
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
  const lines = siteLines(site, { colours: colours(false), width: 80 });
  expect(lines[1]).toMatch(
    /Cloudflare Pages .* 26\.2 MB: bundle\/model\.onnx\.data \(233\.0 MB\), ort\.wasm \(26\.8 MB\)/,
  );
  expect(lines[2]).toMatch(/GitHub Pages .* 100\.0 MB: bundle\/model\.onnx\.data \(233\.0 MB\)$/);
});
