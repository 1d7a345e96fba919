// What each package offers: a name that comes or goes is seen in `public-surface.txt` (`pnpm exec vitest -u` there).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const packages = join(import.meta.dirname, "../packages");

interface PackageJson {
  readonly name: string;
  readonly exports: { readonly [entry: string]: { readonly types: string } };
}

const surface = readdirSync(packages)
  .filter((folder) => existsSync(join(packages, folder, "package.json")))
  .flatMap((folder) => {
    const { name, exports }: PackageJson = JSON.parse(
      readFileSync(join(packages, folder, "package.json"), "utf8"),
    );
    return Object.entries(exports).map(
      ([entry, { types }]) => `${name}${entry.slice(1)}\n${namesIn(join(packages, folder, types))}`,
    );
  });

it("is known name by name", async () => {
  await expect(`${surface.join("\n\n")}\n`).toMatchFileSnapshot("public-surface.txt");
});

/** The names that a file of declarations exports, values first; one a line. */
function namesIn(file: string): string {
  const text = readFileSync(file, "utf8");
  expect(text, "a list in which each name can be seen").not.toMatch(/^export (\*|default)/m);
  const listed = Array.from(text.matchAll(/^export (type )?\{([^}]*)\}/gm), ([, type = "", list]) =>
    list!
      .split(",")
      .map((one) => one.trim().replace(/\S+ as /, ""))
      .flatMap((one) => (one === "" ? [] : [`${type}${one}`])),
  ).flat();
  const declared = Array.from(
    text.matchAll(/^export (?:declare )?(?:abstract )?(const|function|class|interface|type) ([\w$]+)/gm),
    ([, kind, name = ""]) => (kind === "interface" || kind === "type" ? `type ${name}` : name),
  );
  const names = [...new Set([...listed, ...declared])];
  const isType = (name: string) => Number(name.startsWith("type "));
  return names
    .sort((a, b) => isType(a) - isType(b) || (a < b ? -1 : 1))
    .map((name) => `  ${name}`)
    .join("\n");
}
