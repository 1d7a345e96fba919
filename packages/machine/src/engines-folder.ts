import path from "node:path";
import envPaths from "env-paths";

/** `given`, else what the environment variable FLEURON_ENGINES names, else `engines` in the user's data folder. */
export const enginesFolder = (given?: string): string =>
  path.resolve(given ?? (process.env.FLEURON_ENGINES || path.join(envPaths("fleuron").data, "engines")));
