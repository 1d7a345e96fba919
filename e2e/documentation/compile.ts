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

/**
 * Where the compiler finds what the packages export: in their `dist`, or in the sources of `packages/` in `folder`.
 */
function pathsOf(folder: string | undefined): { readonly [name: string]: readonly string[] } {
  const entries = packages.flatMap((name) => {
    const text = readFileSync(join(root, "packages", name, "package.json"), "utf8");
    const data: PackageJson = JSON.parse(text);
    return Object.entries(data.exports ?? {}).map(([entry, { types }]) => {
      const file =
        folder === undefined
          ? join(root, "packages", name, types)
          : join(folder, "packages", name, types.replace("/dist/", "/src/").replace(/\.d\.ts$/, ".ts"));
      return [`${data.name}${entry.slice(1)}`, [file]];
    });
  });
  return Object.fromEntries(entries);
}

export interface CompileOptions {
  /** Where they lie; a tsconfig.json is written there. */
  readonly folder: string;
  /** Relative to it. */
  readonly files: readonly string[];
  /** Whether the packages are those of the folder, as sources, and not those that were built. */
  readonly sources: boolean;
}

/** What the compiler says about the files, with the settings of the house; nothing when they are right. */
export function complaints({ folder, files, sources }: CompileOptions): string {
  const config = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      lib: ["ES2023", "ESNext.Disposable", "DOM", "DOM.AsyncIterable"],
      typeRoots: [join(root, "e2e/node_modules/@types")],
      types: ["node"],
      paths: pathsOf(sources ? folder : undefined),
      ...{
        composite: false,
        declaration: false,
        declarationMap: false,
        noEmit: true,
        noUnusedLocals: sources,
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
