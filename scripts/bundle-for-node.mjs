// A package's build runs it after the compiler: writes what the package exports to Node, and its commands, as few files, for
// a module costs each process and thread that loads it most of a millisecond. Pages take the compiler's files, of which their bundlers drop
// what they do not use. Other packages stay imports, and what two entries share is in a file of its own: each module is
// there once, and each class is one class.
import { readFile, rm } from "node:fs/promises";
import { build } from "esbuild";

const FOLDER = "dist/bundled";

const { exports, bin = {} } = JSON.parse(await readFile("package.json", "utf8"));
const nameOf = (file) => file.slice(`./${FOLDER}/`.length, -".js".length);
await rm(FOLDER, { recursive: true, force: true });
await build({
  entryPoints: [
    ...Object.values(exports).map((entry) => ({ in: entry.default, out: nameOf(entry.node) })),
    ...Object.values(bin).map((file) => ({ in: `./dist/${nameOf(file)}.js`, out: nameOf(file) })),
  ],
  outdir: FOLDER,
  chunkNames: "shared-[hash]",
  bundle: true,
  splitting: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "es2022",
  charset: "utf8",
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
});
