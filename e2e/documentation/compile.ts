import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const tsc = join(root, "node_modules/typescript/bin/tsc");

/** The packages by the names of their folders. */
export const packages = readdirSync(join(root, "packages")).filter((name) =>
  existsSync(join(root, "packages", name, "package.json")),
);

interface PackageJson {
  readonly name: string;
  readonly exports?: { readonly [entry: string]: { readonly types: string } };
}

/** Where the compiler finds what the packages export. */
function exported(): { readonly [name: string]: readonly string[] } {
  const entries = packages.flatMap((name) => {
    const text = readFileSync(join(root, "packages", name, "package.json"), "utf8");
    const data: PackageJson = JSON.parse(text);
    return Object.entries(data.exports ?? {}).map(([entry, { types }]) => [
      `${data.name}${entry.slice(1)}`,
      [join(root, "packages", name, types)],
    ]);
  });
  return Object.fromEntries(entries);
}

export interface CompileOptions {
  /** Where they lie; a tsconfig.json is written there. */
  readonly folder: string;
  /** Relative to it. */
  readonly files: readonly string[];
}

/** What the compiler says about files that use the built packages, with the settings of the house. */
export function complaints({ folder, files }: CompileOptions): string {
  const config = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      lib: ["ES2023", "ESNext.Disposable", "DOM", "DOM.AsyncIterable"],
      typeRoots: [join(root, "e2e/node_modules/@types")],
      types: ["node"],
      paths: exported(),
      ...{
        composite: false,
        declaration: false,
        declarationMap: false,
        noEmit: true,
        noUnusedLocals: false,
      },
    },
    files,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", folder], {
    encoding: "utf8",
    cwd: folder,
  });
  return stdout + stderr;
}
