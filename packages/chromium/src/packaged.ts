/**
 * The Chromium that comes with npm's @sparticuz/chromium (x86-64 Linux). Its own `executablePath()` is not used: it
 * unpacks to fixed names in the temporary folder, and takes a half-written browser for a whole one.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cacheFolder } from "./cache-folder.js";
import { chromiumError } from "./errors.js";
import { type UnpackOptions, unpackOnce } from "./unpack.js";

export interface UnpackedChromium {
  readonly executablePath: string;
  /** Lets it draw text on a machine that has no fonts; the machine's own are preferred. */
  readonly fontsFile: string;
  /** NSS, NSPR and Expat, for a machine that lacks them. */
  readonly libraryFolder: string;
}

export function packagedChromiumFits(platform = process.platform, architecture = process.arch): boolean {
  return platform === "linux" && architecture === "x64";
}

/**
 * Unpacks it into `chromium-<version>/` of {@link cacheFolder} (200 MB, a few seconds), or finds it there.
 * @throws FleuronError `chromium-unpack-failed`; the signal's reason when aborted.
 */
export async function packagedChromiumFiles(options: UnpackOptions = {}): Promise<UnpackedChromium> {
  const { signal } = options;
  const folder = cacheFolder();
  try {
    const packageFolder = locatePackage();
    const target = join(folder, `chromium-${await packageVersion(packageFolder)}`);
    await unpackOnce(join(packageFolder, "bin"), target, options);
    return {
      executablePath: join(target, "chromium"),
      fontsFile: join(target, "fonts.conf"),
      libraryFolder: join(target, "lib"),
    };
  } catch (cause) {
    signal?.throwIfAborted();
    throw chromiumError(
      "chromium-unpack-failed",
      `The packaged Chromium could not be unpacked into ${folder}: ${cause instanceof Error ? cause.message : cause}`,
      {
        subject: folder,
        hint: "Make 210 MB of room there, or set FLEURON_CACHE to another folder that can be written.",
        cause,
      },
    );
  }
}

function locatePackage(): string {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  return dirname(dirname(dirname(entry)));
}

async function packageVersion(folder: string): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return version;
}
