// Draws the packages and their arrows from the package.json files: `node scripts/draw-packages.mjs` prints the drawing,
// `--write` puts it into CONTRIBUTING.md, `--lines` counts the lines of each.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { replaceBetween } from "./between-marks.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const MARKS = ["```text packages\n", "```\n"];

/** Every folder with a package.json that holds source code. */
const folders = ["packages", "apps"]
  .flatMap((above) => readdirSync(`${root}${above}`).map((name) => `${above}/${name}`))
  .concat("bench", "e2e");

/** Packages by name, with the packages of the house that each imports, tests aside. */
export function readPackages() {
  return new Map(
    folders.map((folder) => {
      const { name, dependencies = {} } = JSON.parse(read(`${folder}/package.json`));
      const settings = read(`${folder}/tsconfig.json`);
      const where = settings.includes("DOM")
        ? "browser"
        : settings.includes("portable")
          ? "anywhere"
          : "Node";
      const imports = Object.keys(dependencies).filter(isOurs).map(shortName);
      return [shortName(name), { folder, where, imports }];
    }),
  );
}

const read = (path) => readFileSync(`${root}${path}`, "utf8");
const isOurs = (name) => name === "fleuron" || name.startsWith("@fleuron/");
const shortName = (name) => (name === "fleuron" ? "cli" : name.replace("@fleuron/", ""));

/** Names in an order in which each stands behind all that it imports. Throws where the arrows run in a circle. */
export function inOrder(packages) {
  const depths = new Map();
  const depthOf = (name, path) => {
    if (path.includes(name)) throw new Error(`packages import in a circle: ${[...path, name].join(" → ")}`);
    if (!depths.has(name)) {
      const below = packages.get(name).imports.map((each) => depthOf(each, [...path, name]));
      depths.set(name, 1 + Math.max(-1, ...below));
    }
    return depths.get(name);
  };
  for (const name of packages.keys()) depthOf(name, []);
  return [...packages.keys()].sort((a, b) => depths.get(a) - depths.get(b) || (a < b ? -1 : 1));
}

/** The arrows that no longer way over other packages implies. */
export function directArrows(packages, name) {
  const reached = (from) => new Set(packages.get(from).imports.flatMap((each) => [each, ...reached(each)]));
  const { imports } = packages.get(name);
  return imports
    .filter((each) => !imports.some((other) => other !== each && reached(other).has(each)))
    .sort();
}

export function draw(packages = readPackages()) {
  const shown = inOrder(packages).filter((name) => /^(packages|apps)\//.test(packages.get(name).folder));
  const width = Math.max(...shown.map((name) => name.length)) + 2;
  return shown
    .map((name) => {
      const arrows = directArrows(packages, name);
      return `${name.padEnd(width)}${packages.get(name).where.padEnd(8)}${arrows.length > 0 ? `  → ${arrows.join(", ")}` : ""}\n`;
    })
    .map((line) => line.replace(/ +\n$/, "\n"))
    .join("");
}

/** Lines of a package's sources and scripts; tests, fixtures and generated files aside. */
export function linesOf({ folder }) {
  const files = readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true });
  return files.reduce((sum, file) => {
    const path = `${file.parentPath}/${file.name}`;
    if (!file.isFile() || !/\.(ts|mjs|css|html)$/.test(file.name)) return sum;
    if (/\/(node_modules|dist|fixtures|generated)\//.test(path) || /\.test\.ts$/.test(path)) return sum;
    return sum + readFileSync(path, "utf8").split("\n").length - 1;
  }, 0);
}

/** CONTRIBUTING.md with the drawing of today. */
export function withDrawing(text, drawing = draw()) {
  return replaceBetween(text, MARKS, drawing, "CONTRIBUTING.md");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--lines")) {
    const counted = [...readPackages()].map(([name, one]) => [name, linesOf(one)]);
    const total = counted.reduce((sum, [, lines]) => sum + lines, 0);
    for (const [name, lines] of counted.sort(([, a], [, b]) => b - a))
      process.stdout.write(
        `${name.padEnd(15)}${String(lines).padStart(6)}  ${((100 * lines) / total).toFixed(1)}%\n`,
      );
    process.stdout.write(`${"all".padEnd(15)}${String(total).padStart(6)}\n`);
  } else if (process.argv.includes("--write")) {
    writeFileSync(`${root}CONTRIBUTING.md`, withDrawing(read("CONTRIBUTING.md")));
  } else {
    process.stdout.write(draw());
  }
}
