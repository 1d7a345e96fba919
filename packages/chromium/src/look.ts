import { FleuronError } from "@fleuron/model";
import { installHint } from "./errors.js";
import { presentChromium } from "./find.js";
import { packagedChromiumFits } from "./packaged.js";

/** Which Chromium `findChromium` would take, in a few words; or why it would take none, and what to do. */
export interface ChromiumLook {
  readonly ok: boolean;
  readonly found: string;
  readonly hint?: string;
}

/** Looks for a Chromium as `findChromium` does, and unpacks none. @throws the signal's reason when aborted. */
export async function lookForChromium(signal?: AbortSignal): Promise<ChromiumLook> {
  try {
    const found = await presentChromium(signal);
    if (found !== undefined) return { ok: true, found: found.executablePath };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof FleuronError)) throw error;
    return { ok: false, found: error.message, hint: error.hint ?? installHint() };
  }
  return packagedChromiumFits()
    ? { ok: true, found: "none is installed; npm's is unpacked when it is first needed" }
    : { ok: false, found: "none is installed", hint: installHint() };
}
