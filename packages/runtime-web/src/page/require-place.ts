import { runtimeError } from "../errors.js";

/** @throws FleuronError "browser-unsupported" where a classifier cannot work, or cannot have a worker that it wants. */
export function requirePlace(worker: boolean): void {
  if (typeof WebAssembly === "undefined" || typeof location === "undefined") {
    throw unsupported(
      "A classifier needs a browser with WebAssembly.",
      "In Node, use @fleuron/runtime-node.",
    );
  }
  if ("ServiceWorkerGlobalScope" in globalThis) {
    throw unsupported(
      "A service worker may not import scripts, and a classifier needs one.",
      "Load it in the page.",
    );
  }
  if (worker && typeof Worker === "undefined") {
    throw unsupported("Workers cannot be started here.", "Set worker: false.");
  }
}

const unsupported = (message: string, hint: string) => runtimeError("browser-unsupported", message, { hint });
