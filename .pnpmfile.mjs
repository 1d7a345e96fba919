// How each package.json is published: without what only a clone needs, and with the `repository` of the root's, once set.
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = import.meta.dirname;
const { repository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

export const hooks = {
  beforePacking: ({ devDependencies, scripts, bundled, ...manifest }, folder) => ({
    ...manifest,
    ...entries(manifest, bundled),
    ...(repository && { repository: { ...repository, directory: relative(root, folder) } }),
    publishConfig: { access: "public" },
  }),
};

function entries({ exports: { "./fixtures": _, ...exports }, dependencies }, bundled = []) {
  const main = exports["."];
  // The page is bundled, with all that it needs; what has code of its own has an entry for tools that know no `exports`.
  if (main === undefined) return { exports, dependencies: undefined };
  const needed = Object.entries(dependencies ?? {}).filter(([name]) => !bundled.includes(name));
  return { exports, dependencies: Object.fromEntries(needed), main: main.default, types: main.types };
}
