// What Node gets of a package in few files is what the compiler wrote of it.
import { readdirSync, readFileSync } from "node:fs";
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

it("has the packages that every command loads most modules of", () => {
  expect(bundled.map(({ name }) => name)).toEqual([
    "fleuron",
    "@fleuron/files",
    "@fleuron/graph",
    "@fleuron/machine",
    "@fleuron/model",
    "@fleuron/run-folder",
    "@fleuron/runtime-node",
    "@fleuron/training",
  ]);
});

describe.each(bundled)("$name, bundled for Node", ({ folder, entries }) => {
  it.each(entries)("exports from %s what was compiled", async (_, files) => {
    const namesIn = async (file: string) => Object.keys(await import(pathToFileURL(join(folder, file)).href));
    expect(await namesIn(files.node)).toEqual(await namesIn(files.default));
  });

  it("has each module in one file, so that a class is one class", () => {
    const inBundle = join(folder, "dist/bundled");
    const files = readdirSync(inBundle, { recursive: true, encoding: "utf8" });
    const modules = files
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => modulesIn(join(inBundle, file)));
    expect(modules.length).toBeGreaterThan(5);
    expect(modules).toEqual([...new Set(modules)]);
  });
});

/** The modules that the bundler put into a file; it names them above their code. */
const modulesIn = (file: string): readonly string[] => [
  ...new Set(readFileSync(file, "utf8").match(/^\/\/ dist\/\S+\.js$/gm)),
];
