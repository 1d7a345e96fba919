// A package's build runs it after the compiler: writes what the package exports to Node, its commands and the modules of its
// threads and processes, as few files, for a module costs each process and thread that loads it most of a millisecond. Pages
// take the compiler's files, of which their bundlers drop what they do not use. Other packages stay imports, and what two
// entries share is in a file of its own: each module is there once, and each class is one class. `--inline PACKAGE` takes in
// a package of many small modules, with what they say of their licence.
import { readdir, readFile, rm } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const FOLDER = "dist/bundled";
/** What lies beside a module, and is named by where the module is: a thread's module, or a folder. */
const BESIDE = /new URL\("(\.[^"]*)", import\.meta\.url\)/g;

const { inline } = parseArgs({ options: { inline: { type: "string", multiple: true, default: [] } } }).values;
const { exports, bin = {}, ...manifest } = JSON.parse(await readFile("package.json", "utf8"));
const packages = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].flatMap(
  (kind) => Object.keys(manifest[kind] ?? {}),
);
const nameOf = (file) => file.slice(`./${FOLDER}/`.length, -".js".length);
await rm(FOLDER, { recursive: true, force: true });
const started = await startedModules();
await build({
  entryPoints: [
    ...Object.values(exports).map((entry) => ({ in: entry.default, out: nameOf(entry.node) })),
    ...Object.values(bin).map((file) => ({ in: `./dist/${nameOf(file)}.js`, out: nameOf(file) })),
    ...Array.from(started, ([file, out]) => ({ in: `./${file}`, out })),
  ],
  outdir: FOLDER,
  chunkNames: "shared-[hash]",
  bundle: true,
  splitting: true,
  external: packages.filter((name) => !inline.includes(name)),
  format: "esm",
  platform: "node",
  target: "es2022",
  charset: "utf8",
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
  legalComments: "eof",
  plugins: [{ name: "modules", setup: (build) => build.onLoad({ filter: /\.js$/ }, loadModule) }],
});

/** The modules that others start as threads and processes, and the names of their bundles. */
async function startedModules() {
  const modules = (await readdir("dist", { recursive: true })).filter((file) => file.endsWith(".js"));
  const texts = await Promise.all(
    modules.map(async (file) => [file, await readFile(join("dist", file), "utf8")]),
  );
  const named = texts.flatMap(([file, text]) =>
    Array.from(text.matchAll(BESIDE), ([, beside]) => join("dist", dirname(file), beside)),
  );
  const isModule = (file) => modules.includes(relative("dist", file));
  return new Map(
    named
      .filter(isModule)
      .map((file) => [file, relative("dist", file).slice(0, -".js".length).replaceAll("/", "-")]),
  );
}

async function loadModule({ path }) {
  const text = await readFile(path, "utf8");
  return { contents: path.startsWith(resolve("dist")) ? withItsOwn(path, text) : withLicence(text) };
}

/** What a module of another package says at its beginning, as a comment that the bundler keeps. */
function withLicence(text) {
  const [comment] = /^(\/\/.*\n)+/.exec(text) ?? [""];
  return `/*!\n${comment.replaceAll(/^\/\//gm, " *")} */\n${text.slice(comment.length)}`;
}

/** A module that names what lies beside it from the bundles' folder, in which it will be. */
function withItsOwn(path, text) {
  return text.replace(BESIDE, (_, beside) => {
    const target = fileURLToPath(new URL(beside, pathToFileURL(path)));
    const bundled = started.get(relative(".", target));
    const fromBundles = bundled
      ? `./${bundled}.js`
      : relative(FOLDER, target) + (target.endsWith("/") ? "/" : "");
    return `new URL(${JSON.stringify(fromBundles)}, import.meta.url)`;
  });
}
