import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The built command line. */
export const main = fileURLToPath(new URL("../packages/cli/dist/bundled/main.js", import.meta.url));

/** What processes of the command line are given: no colours, and a cache that goes with the folder. */
export const environmentIn = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  FLEURON_CACHE: `${folder}/cache`,
  NO_COLOR: "1",
});

/** Runs commands with `--json` in a folder: each line of standard output; an exit code other than 0 rejects. */
export const fleuronIn =
  (folder: string) =>
  async (...args: string[]): Promise<readonly unknown[]> => {
    const { stdout } = await promisify(execFile)(process.execPath, [main, ...args, "--json"], {
      cwd: folder,
      env: environmentIn(folder),
      maxBuffer: 2 ** 26,
    });
    return stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
  };
