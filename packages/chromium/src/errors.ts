import { type ErrorCodeOf, errorsOf } from "@fleuron/model";
/** Errors about browsers. */
export const chromiumError = errorsOf({
  /** FLEURON_CHROMIUM names something that does not start. */
  "chromium-unusable": "machine",
  /** None is installed, and the packaged one is for another system. */
  "chromium-not-found": "machine",
  /** The packaged one could not be unpacked into the cache folder. */
  "chromium-unpack-failed": "machine",
  /** The packaged one was unpacked and does not start here. */
  "chromium-does-not-start": "machine",
  /** Playwright could not start it. */
  "chromium-launch-failed": "machine",
});

export type ChromiumErrorCode = ErrorCodeOf<typeof chromiumError>;

/** The hint of every error about a missing or broken browser. */
export function installHint(platform: NodeJS.Platform = process.platform): string {
  return `Install a Chromium (${installCommand(platform)}), or set FLEURON_CHROMIUM to an executable.`;
}

function installCommand(platform: NodeJS.Platform): string {
  switch (platform) {
    case "darwin":
      return "brew install --cask chromium";
    case "win32":
      return "winget install Google.Chrome";
    default:
      return "apt-get install chromium";
  }
}
