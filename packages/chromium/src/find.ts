/** Which Chromium to start: the one that was named, an installed one, or the packaged one. */
import { existsSync } from "node:fs";
import { chromiumError, installHint } from "./errors.js";
import { installedPlaces } from "./installed-places.js";
import { packagedChromiumFiles, packagedChromiumFits } from "./packaged.js";
import { startFailure } from "./probe.js";
import type { ChromiumProgress } from "./progress.js";

export interface FindChromiumOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called while the packaged one is unpacked, which happens once per machine and takes some seconds. */
  readonly onProgress?: ((event: ChromiumProgress) => void) | undefined;
}

export interface FoundChromium {
  readonly executablePath: string;
  /** "named" by FLEURON_CHROMIUM, "installed" on this machine, "playwright"'s own, or "packaged" with npm. */
  readonly origin: "named" | "installed" | "playwright" | "packaged";
  /** What must be added to the environment when it is started. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Finds a Chromium that starts: FLEURON_CHROMIUM, else the system's Chromium or Chrome, else the one that
 * Playwright has installed, else (x86-64 Linux) the one of the npm package @sparticuz/chromium, which is
 * unpacked into FLEURON_CACHE or the user's cache folder and needs neither root nor system libraries.
 * @throws FleuronError `chromium-unusable`, `chromium-not-found`, `chromium-unpack-failed` or
 * `chromium-does-not-start`; the signal's reason when aborted.
 */
export async function findChromium(options: FindChromiumOptions = {}): Promise<FoundChromium> {
  const found = await presentChromium(options.signal);
  if (found !== undefined) return found;
  if (packagedChromiumFits()) return packagedChromium(options);
  throw chromiumError(
    "chromium-not-found",
    `No Chromium is installed on this machine (${process.platform} ${process.arch}).`,
    { hint: installHint() },
  );
}

/** One that need not be unpacked. @throws FleuronError `chromium-unusable`; the signal's reason when aborted. */
export async function presentChromium(signal?: AbortSignal): Promise<FoundChromium | undefined> {
  signal?.throwIfAborted();
  const named = process.env.FLEURON_CHROMIUM;
  if (named) return namedChromium(named, signal);
  for (const executablePath of installedPlaces()) {
    if (await starts(executablePath, signal)) return { executablePath, origin: "installed", environment: {} };
  }
  const { chromium } = await import("playwright-core");
  const executablePath = chromium.executablePath();
  if (await starts(executablePath, signal)) return { executablePath, origin: "playwright", environment: {} };
  return undefined;
}

async function starts(path: string, signal: AbortSignal | undefined): Promise<boolean> {
  return existsSync(path) && (await startFailure(path, { signal })) === undefined;
}

async function namedChromium(
  executablePath: string,
  signal: AbortSignal | undefined,
): Promise<FoundChromium> {
  const failure = await startFailure(executablePath, { signal });
  if (failure === undefined) return { executablePath, origin: "named", environment: {} };
  throw chromiumError(
    "chromium-unusable",
    `FLEURON_CHROMIUM is ${executablePath}, which does not start: ${failure}`,
    { subject: "FLEURON_CHROMIUM", hint: "Set it to the executable of a Chromium or Chrome, or unset it." },
  );
}

async function packagedChromium(options: FindChromiumOptions): Promise<FoundChromium> {
  const { executablePath, fontsFile, libraryFolder } = await packagedChromiumFiles(options);
  const fonts = { FONTCONFIG_FILE: fontsFile };
  const inherited = process.env.LD_LIBRARY_PATH;
  const libraries = {
    ...fonts,
    LD_LIBRARY_PATH: inherited ? `${inherited}:${libraryFolder}` : libraryFolder,
  };
  let failure: string | undefined;
  for (const environment of [fonts, libraries]) {
    failure = await startFailure(executablePath, { environment, signal: options.signal });
    if (failure === undefined) return { executablePath, origin: "packaged", environment };
  }
  throw chromiumError("chromium-does-not-start", `The packaged Chromium does not start here: ${failure}`, {
    subject: executablePath,
    hint: installHint(),
  });
}
