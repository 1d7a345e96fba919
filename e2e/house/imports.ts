import { existsSync } from "node:fs";
import { join, normalize } from "node:path/posix";
import { textOf } from "./sources.js";

/** The modules beside it that a file loads, types aside, by their paths from the root. */
export function loadedBy(file: string): readonly string[] {
  const text = textOf(file);
  const statements = Array.from(
    text.matchAll(/^(?:import|export) ([^;"]*?)from "(\.[^"]+)"/gm),
    ([, names, path]) => (typesOnly(names!) ? [] : [path!]),
  ).flat();
  const calls = Array.from(
    text.matchAll(/(?:import\(|new URL\(|^import )"(\.[^"]+)"/gm),
    ([, path]) => path!,
  );
  return [...statements, ...calls].map((path) => normalize(join(file, "..", path)));
}

/** The modules of its package that a test loads, itself or through fixtures; those are left out. */
export function loadedByTest(test: string, seen = new Set<string>()): readonly string[] {
  return loadedBy(test).flatMap((module) => {
    const source = module.replace(/\.js$/, ".ts");
    if (!source.includes("/src/fixtures/") || !existsSync(join(import.meta.dirname, "../..", source)))
      return [module];
    if (seen.has(source)) return [];
    seen.add(source);
    return loadedByTest(source, seen);
  });
}

function typesOnly(names: string): boolean {
  if (names.startsWith("type ")) return true;
  const [, list] = /^\{([^}]*)\} $/.exec(names) ?? [];
  const each = list?.split(",").flatMap((name) => name.trim() || []) ?? [];
  return each.length > 0 && each.every((name) => name.startsWith("type "));
}
