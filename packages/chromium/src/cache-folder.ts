import { resolve } from "node:path";
import envPaths from "env-paths";

/** FLEURON_CACHE, else the user's cache folder by the custom of the system (`~/.cache/fleuron` on Linux). */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.FLEURON_CACHE;
  return chosen ? resolve(chosen) : envPaths("fleuron", { suffix: "" }).cache;
}
