// `pnpm tarballs [FOLDER]`: builds anew, then packs each package that is published, as `npm install` and `npm publish` take it.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The folders of the packages that are published, by name. */
export const published = new Map(
  ["packages", "apps"].flatMap((above) =>
    readdirSync(join(root, above)).flatMap((name) => {
      const folder = join(root, above, name);
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return manifest.private ? [] : [[manifest.name, folder]];
    }),
  ),
);

/** Packs them as they are built, and returns the tarballs by the names of the packages. */
export function packAll(out) {
  mkdirSync(out, { recursive: true });
  const filters = [...published.keys()].map((name) => `--filter=${name}`);
  const packed = pnpm("--recursive", ...filters, "pack", `--pack-destination=${out}`, "--json");
  return new Map(JSON.parse(packed).map(({ name, filename }) => [name, filename]));
}

function pnpm(...words) {
  const shell = process.platform === "win32";
  return execFileSync("pnpm", words, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26, shell });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // What an older build left would be published, too.
  for (const folder of published.values()) rmSync(join(folder, "dist"), { recursive: true, force: true });
  pnpm("exec", "turbo", "run", "build", "--force", "--filter=fleuron", "--output-logs=errors-only");
  for (const tarball of packAll(resolve(process.env.INIT_CWD ?? ".", process.argv[2] ?? "tarballs")).values())
    process.stdout.write(`${tarball}\n`);
}
