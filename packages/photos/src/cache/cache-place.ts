import path from "node:path";
import envPaths from "env-paths";

/** `given`, else what the environment variable FLEURON_CACHE names, else the user's cache folder. Absolute. */
export const cacheFolder = (given?: string): string =>
  path.resolve(given ?? (process.env.FLEURON_CACHE || envPaths("fleuron").cache));
