// What the documents show is true: their TypeScript compiles, and what docs/extending.md adds is built and tested.
import {
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
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { withTable } from "../scripts/tabulate-runs.mjs";
import { additionsIn, touchedBy } from "./documentation/additions.js";
import { blocksOf } from "./documentation/blocks.js";
import { applyChange, build, copyPackages, test } from "./documentation/changed-copy.js";
import { complaints } from "./documentation/compile.js";
import { sources } from "./house/sources.js";

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

/** Those of every folder, and all that lie in docs. */
const documents = [
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...sources(/(^|\/)README\.md$/),
  ...readdirSync(join(root, "docs")).flatMap((name) =>
    name.endsWith(".md") && name !== "README.md" ? [`docs/${name}`] : [],
  ),
];

describe("links", () => {
  it.each(documents)("of %s lead to what is there", (document) => {
    const text = readFileSync(join(root, document), "utf8");
    const targets = Array.from(
      text.matchAll(/\]\(([^)#]+)|(?:src|srcset)="([^"]+)"/g),
      ([, link, picture]) => link ?? picture ?? "",
    ).filter((target) => !target.startsWith("https://"));
    const missing = targets.filter((target) => !existsSync(join(root, dirname(document), target)));
    expect(missing).toEqual([]);
  });
});

it("docs/recipes.md has every recorded run, as scripts/tabulate-runs.mjs writes it", () => {
  const text = readFileSync(join(root, "docs/recipes.md"), "utf8");
  // The formatter puts columns in line.
  const outOfLine = (table: string) => table.replace(/ {2,}/g, " ").replace(/-{3,}/g, "---");
  expect(outOfLine(text)).toBe(outOfLine(withTable(text)));
});

describe("examples", () => {
  it("that import something compile against the built packages", () => {
    const folder = temporaryFolder();
    symlinkSync(join(root, "e2e/node_modules"), join(folder, "node_modules"));
    write(folder, "package.json", '{ "type": "module" }');
    const files = documents
      .filter((document) => document !== "docs/extending.md")
      .flatMap((document) =>
        blocksOf(readFileSync(join(root, document), "utf8"))
          .filter(({ language, text }) => language === "ts" && text.includes("import "))
          .map(({ text, line }) => write(folder, `${document}-${line}.ts`, text)),
      );
    expect(files.length).toBeGreaterThan(8);
    expect(complaints({ folder, files })).toBe("");
  });
});

describe("docs/training-graph.md", () => {
  it("tells the gradient of every operation there is, and of no other", () => {
    const document = readFileSync(join(root, "docs/training-graph.md"), "utf8");
    const rules = document.slice(
      document.indexOf("## From a loss"),
      document.indexOf("The moving statistics"),
    );
    const [table, without] = rules.split("These have no derivative") as [string, string];
    const named = [
      ...Array.from(table.matchAll(/^\| (.*?) \|/gm), ([, cell]) => cell!).flatMap((cell) =>
        Array.from(cell.matchAll(/`(\w+)\(/g), ([, name]) => name),
      ),
      ...Array.from(without.matchAll(/`(\w+)`/g), ([, name]) => name),
    ];
    expect(named.sort()).toEqual(Object.keys(operations).sort());
  });
});

// All packages are built once more, which takes its time on a busy machine.
describe("docs/extending.md", { timeout: 600_000 }, () => {
  const additions = additionsIn(readFileSync(join(root, "docs/extending.md"), "utf8"));
  const changes = additions.flatMap((addition) => addition.changes);
  const named = additions.map((addition) => [addition.title, addition] as const);
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "fleuron-additions-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("adds files and lines that fit into the sources and compile there", () => {
    copyPackages(folder);
    for (const change of changes) applyChange(folder, change);
    const complaints = build(
      folder,
      changes.map(({ path }) => path),
    );
    expect(complaints).toBe("");
  });

  it.each(named)("%s touches no more files than it says", (_, addition) => {
    expect(addition.changes).not.toEqual([]);
    expect(addition.ceiling).toBeGreaterThan(0);
    expect(touchedBy(addition).length).toBeLessThanOrEqual(addition.ceiling);
  });

  it.each(named)("%s does what it says", (_, { runs }) => {
    expect(runs).not.toEqual([]);
    for (const run of runs) {
      const { passed, complaints } = test(folder, run);
      expect(complaints).toBe("");
      expect(passed).toBeGreaterThan(0);
    }
  });
});
