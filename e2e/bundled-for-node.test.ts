// What Node gets of a package in few files is what the compiler wrote of it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { packages } from "./documentation/compile.js";

type Entry = readonly [name: string, files: { readonly default: string; readonly node: string }];

const bundled = packages
  .map((name) => join(import.meta.dirname, "../packages", name))
  .map((folder) => ({ folder, ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) }))
  .filter(({ scripts }) => scripts.build.includes("bundle-for-node"))
  .map(({ name, folder, exports }) => ({ name, folder, entries: Object.entries(exports) as Entry[] }));

it("has the packages that commands load most modules of", () => {
  expect(bundled.map(({ name }) => name)).toEqual([
    "fleuron",
    "@fleuron/export",
    "@fleuron/files",
    "@fleuron/graph",
    "@fleuron/installer",
    "@fleuron/machine",
    "@fleuron/model",
    "@fleuron/onnx-import",
    "@fleuron/photos",
    "@fleuron/predictions",
    "@fleuron/run-folder",
    "@fleuron/runtime-node",
    "@fleuron/trainer",
    "@fleuron/training",
  ]);
});

describe.each(bundled)("$name, bundled for Node", ({ folder, entries }) => {
  it.each(entries)("exports from %s what was compiled", async (_, files) => {
    const namesIn = async (file: string) => Object.keys(await import(pathToFileURL(join(folder, file)).href));
    expect(await namesIn(files.node)).toEqual(await namesIn(files.default));
  });

  it("has each module in one file, so that a class is one class", () => {
    const modules = filesIn(folder).flatMap(modulesIn);
    expect(modules.length).toBeGreaterThan(5);
    expect(modules).toEqual([...new Set(modules)]);
  });

  it("has what its modules name beside themselves: those of threads bundled too, folders where they are", () => {
    for (const file of filesIn(folder)) {
      const named = readFileSync(file, "utf8").matchAll(/new URL\("(\.[^"]*)", import\.meta\.url\)/g);
      for (const [, beside] of named) {
        expect(existsSync(new URL(beside!, pathToFileURL(file))), beside).toBe(true);
        if (beside!.endsWith(".js")) expect(beside).toMatch(/^\.\/[\w-]+\.js$/);
      }
    }
  });
});

it("keeps the licence of the packages that are taken in", () => {
  const graph = join(import.meta.dirname, "../packages/graph");
  const texts = filesIn(graph).map((file) => readFileSync(file, "utf8"));
  const inlined = texts.filter((text) => text.includes("@bufbuild/protobuf/dist"));
  expect(inlined).not.toEqual([]);
  for (const text of inlined) expect(text).toMatch(/Copyright [\d-]+ Buf Technologies/);
  expect(inlined.join()).toContain("Copyright 2008 Google Inc.");
  expect(readFileSync(join(graph, "LICENSE-APACHE"), "utf8")).toContain("Version 2.0, January 2004");
});

function filesIn(folder: string): readonly string[] {
  const bundles = join(folder, "dist/bundled");
  const files = readdirSync(bundles, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".js")).map((file) => join(bundles, file));
}

/** The modules that the bundler put into a file; it names them above their code. */
const modulesIn = (file: string): readonly string[] => [
  ...new Set(readFileSync(file, "utf8").match(/^\/\/ dist\/\S+\.js$/gm)),
];
