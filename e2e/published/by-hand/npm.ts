// The packages as npm installs them: from their tarballs, with everything else from the registry.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { packAll } from "../../../scripts/pack.mjs";

export interface Lab extends AsyncDisposable {
  readonly folder: string;
  readonly tarballs: ReadonlyMap<string, string>;
  /** What a command writes to standard output; an exit code other than 0 rejects. */
  run(command: string, words: readonly string[], options?: RunOptions): Promise<string>;
  /** That, and what it writes to standard error. */
  heard(command: string, words: readonly string[], options?: RunOptions): Promise<readonly [string, string]>;
  /** Installs packages into a folder of the lab. */
  install(place: string, packages: readonly string[], options?: RunOptions): Promise<void>;
}

export interface RunOptions {
  /** Within the lab. */
  readonly place?: string;
  readonly env?: { readonly [name: string]: string };
  readonly flags?: readonly string[];
}

/** A folder with the tarballs, and `photos` of two classes. */
export async function openLab(): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), "fleuron-packages-"));
  const tarballs = packAll(join(folder, "tarballs"));
  for (const [label, name] of ["aster", "bluebell"].entries()) {
    await mkdir(join(folder, "photos", name), { recursive: true });
    for (let index = 0; index < 12; index++)
      await writeFile(
        join(folder, "photos", name, `${index}.jpg`),
        await encodeJpeg(drawFlower({ label, seed: label * 100 + index, width: 90, height: 80 })),
      );
  }
  const heard: Lab["heard"] = async (command, words, { place = ".", env = {} } = {}) => {
    const { stdout, stderr } = await promisify(execFile)(command, words, {
      cwd: join(folder, place),
      env: { ...process.env, NO_COLOR: "1", FLEURON_CACHE: join(folder, "cache", place), ...env },
      maxBuffer: 2 ** 26,
      shell: process.platform === "win32",
    });
    return [stdout, stderr];
  };
  const run: Lab["run"] = async (...command) => (await heard(...command))[0];
  return {
    folder,
    tarballs,
    run,
    heard,
    async install(place, packages, { flags = [], env = {} } = {}) {
      await mkdir(join(folder, place), { recursive: true });
      const manifest = join(folder, place, "package.json");
      if (!existsSync(manifest)) await writeFile(manifest, '{ "private": true, "type": "module" }');
      await run("npm", ["install", "--no-audit", "--no-fund", ...flags, ...packages], { place, env });
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
