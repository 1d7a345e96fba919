// What the documents show is true: their TypeScript compiles against the packages as they are.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { operations } from "@fleuron/graph";
import { describe, expect, it, onTestFinished } from "vitest";
import { blocksOf } from "./documentation/blocks.js";
import { complaints, packages } from "./documentation/compile.js";
import { patched } from "./documentation/patch.js";

const root = join(import.meta.dirname, "..");

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fleuron-documents-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function write(folder: string, path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return path;
}

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  ...packages.map((name) => `packages/${name}/README.md`),
  ...readdirSync(join(root, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];

describe("links", () => {
  it.each(documents)("of %s lead to what is there", (document) => {
    const text = readFileSync(join(root, document), "utf8");
    const targets = Array.from(
      text.matchAll(/\]\(([^)#]+)|(?:src|srcset)="([^"]+)"/g),
      ([, link, picture]) => link ?? picture,
    ).filter((target) => !target.startsWith("https://"));
    const missing = targets.filter((target) => !existsSync(join(root, dirname(document), target)));
    expect(missing).toEqual([]);
  });
});

describe("examples", () => {
  it("that import something compile against the built packages", () => {
    const folder = temporaryFolder();
    symlinkSync(join(root, "e2e/node_modules"), join(folder, "node_modules"));
    write(folder, "package.json", '{ "type": "module" }');
    const files = documents
      .filter((document) => document !== "docs/extending.md")
      .flatMap((document) =>
        blocksOf(join(root, document))
          .filter(({ language, text }) => language === "ts" && text.includes("import "))
          .map(({ text, line }) => write(folder, `${document}-${line}.ts`, text)),
      );
    expect(files.length).toBeGreaterThan(8);
    expect(complaints({ folder, files, sources: false })).toBe("");
  });
});

describe("docs/training-graph.md", () => {
  it("tells the gradient of every operation there is, and of no other", () => {
    const document = readFileSync(join(root, "docs/training-graph.md"), "utf8");
    const rules = document.slice(
      document.indexOf("## From a loss"),
      document.indexOf("The moving statistics"),
    );
    const [table, without] = rules.split("These have no derivative");
    const named = [
      ...Array.from(table.matchAll(/^\| (.*?) \|/gm), ([, cell]) => cell).flatMap((cell) =>
        Array.from(cell.matchAll(/`(\w+)\(/g), ([, name]) => name),
      ),
      ...Array.from(without.matchAll(/`(\w+)`/g), ([, name]) => name),
    ];
    expect(named.sort()).toEqual(Object.keys(operations).sort());
  });
});

describe("docs/extending.md", () => {
  it("adds files and lines that fit into the sources and compile there", () => {
    const folder = temporaryFolder();
    for (const name of packages) {
      const [from, to] = [join(root, "packages", name), join(folder, "packages", name)];
      cpSync(join(from, "src"), join(to, "src"), { recursive: true });
      cpSync(join(from, "package.json"), join(to, "package.json"));
      symlinkSync(join(from, "node_modules"), join(to, "node_modules"));
    }
    const files = blocksOf(join(root, "docs/extending.md")).map(({ language, text }) => {
      const [head, ...lines] = text.trimEnd().split("\n");
      const path = head.replace("// ", "");
      if (language === "ts") return write(folder, path, text);
      return write(folder, path, patched(readFileSync(join(folder, path), "utf8"), lines));
    });
    expect(files.length).toBeGreaterThan(10);
    expect(complaints({ folder, files: [...new Set(files)], sources: true })).toBe("");
  });
});
