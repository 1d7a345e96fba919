// The rooms of the house: what may import what, how large each is, and that CONTRIBUTING draws it as it is.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inOrder, linesOf, readPackages, withDrawing } from "../scripts/draw-packages.mjs";
import { loadedByTest } from "./house/imports.js";
import { sources, textOf } from "./house/sources.js";

const root = join(import.meta.dirname, "..");
const packages = readPackages();
const rooms = [...packages].filter(([, { folder }]) => /^(packages|apps)\//.test(folder));

/** The sources of a package, tests and fixtures aside. */
const sourcesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !/\bfixtures\b/.test(file))
    .map((file) => `${folder}/src/${file}`);

const importsOf = (file: string): readonly string[] =>
  Array.from(textOf(file).matchAll(/(?:from |import\()"([^"]+)"/g), ([, specifier]) => specifier!);

describe("packages", () => {
  it("import in no circle, and are drawn in CONTRIBUTING.md as they are", () => {
    expect(inOrder(packages)).toHaveLength(packages.size);
    const text = textOf("CONTRIBUTING.md");
    expect(withDrawing(text)).toBe(text);
  });

  it.each(rooms)(
    "%s imports what its package.json names, and no test's package",
    (_, { folder, imports }) => {
      const ours = sourcesOf(folder)
        .flatMap(importsOf)
        .flatMap((specifier) => /^@fleuron\/([\w-]+)/.exec(specifier)?.[1] ?? []);
      expect(imports).not.toContain("testing");
      expect([...new Set(ours)].filter((name) => !imports.includes(name))).toEqual([]);
    },
  );

  it.each(rooms.filter(([, { where }]) => where === "anywhere"))(
    "%s sees nothing of Node",
    (_, { folder }) => {
      const portable = sourcesOf(folder).filter((file) => !file.includes("/src/node/"));
      const node = portable.flatMap(importsOf).filter((specifier) => specifier.startsWith("node:"));
      expect(node).toEqual([]);
    },
  );

  it("hold at most a fifth of all lines each, and trainer at most 4,500", () => {
    const lines = new Map([...packages].map(([name, one]) => [name, linesOf(one)]));
    const total = [...lines.values()].reduce((sum, count) => sum + count, 0);
    expect([...lines].filter(([, count]) => count > total / 5)).toEqual([]);
    expect(lines.get("trainer")).toBeLessThanOrEqual(4500);
  });
});

describe("the compiler", () => {
  const projects = sources(/\/tsconfig[.\w]*\.json$/);
  const optionsOf = (file: string): { readonly [option: string]: unknown } =>
    JSON.parse(textOf(file)).compilerOptions ?? {};
  const checks = Object.keys(optionsOf("tsconfig.base.json")).filter((option) =>
    /^(strict|exact|no(?!Emit))/.test(option),
  );

  it.each(projects)("checks in %s what it checks everywhere", (project) => {
    expect(checks.filter((check) => check in optionsOf(project))).toEqual([]);
  });
});

describe("a network", () => {
  it("is seen as a TrainableNetwork by all but the rooms that know layers", () => {
    const knowLayers = /^(model|graph|testing|compress)$/;
    const others = rooms
      .filter(([name]) => !knowLayers.test(name))
      .flatMap(([, { folder }]) => sourcesOf(folder));
    const layered =
      /\b(networkParameters|networkClasses|resolveNetwork|inferenceGraph|trainingGraph|classifierGraph)\b[^"]*"@fleuron\//;
    expect(others.filter((file) => layered.test(importLines(textOf(file))))).toEqual([]);
  });
});

describe("tests", () => {
  it("load their package once: from its sources, or as it was built, where workers need that", () => {
    const tests = sources(/\.test\.ts$/);
    const twice = tests.filter((test) => {
      const loaded = loadedByTest(test);
      return loaded.some((path) => path.includes("/dist/")) && loaded.some((path) => path.includes("/src/"));
    });
    expect(tests.length).toBeGreaterThan(200);
    expect(twice).toEqual([]);
  });
});

const importLines = (text: string): string =>
  Array.from(text.matchAll(/^import [^;]*;/gm), ([statement]) => statement).join("\n");
