import { existsSync } from "node:fs";
import { join } from "node:path";
import envPaths from "env-paths";

/** The package.json of an installed engine's folder, for `createRequire`; undefined where it is not installed. */
export function installedEngine(name: string): string | undefined {
  const engines = process.env.FLEURON_ENGINES || join(envPaths("fleuron").data, "engines");
  const finished = existsSync(join(engines, name, "fleuron-engine.json"));
  return finished ? join(engines, name, "package.json") : undefined;
}
