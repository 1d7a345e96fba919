import { FleuronError } from "@fleuron/model";
import { browserFiles } from "../browser-files.js";
import { runtimeError } from "../errors.js";
import type { DownloadProgressEvent } from "../events.js";
import { GivenUp } from "../given-up.js";
import type { BundleFiles, Fallback, LoadRequest } from "../messages.js";
import { absoluteUrl } from "./absolute-url.js";
import { chooseProviders, noneLeft } from "./choose-providers.js";
import { loadOnce } from "./load-once.js";
import { type ExecutionProvider, type LoadOptions, validateOptions } from "./options.js";
import { kindOf } from "./photo.js";
import { requirePlace } from "./require-place.js";
import { Standstill } from "./standstill.js";
import type { ConnectedClassifier, Successor, WebClassifier } from "./web-classifier.js";

const MOST_THREADS = 4;
const PATIENCE_MILLISECONDS = 30_000;
/** Timers that are set to more fire at once. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

/**
 * Loads a bundle, the folder that `fleuron export` writes, and gets its model ready: downloaded and checked, compiled,
 * run once. What stands still on the way is tried again with one thread, then on the next execution provider.
 * @param bundle the folder's address, relative to the page; or its files, as Blobs by their paths in it. What follows a `?`
 * in the address is asked for with each file.
 * @throws FleuronError of {@link RuntimeWebErrorCode}, "manifest-invalid" or "manifest-newer"; the signal's reason.
 */
export async function loadClassifier(
  bundle: string | URL | BundleFiles,
  options: LoadOptions = {},
): Promise<WebClassifier> {
  const { signal } = options;
  const worker = options.worker ?? typeof Worker !== "undefined";
  validateOptions(options);
  requirePlace(worker);
  signal?.throwIfAborted();
  const { candidates, fallbacks } = await chooseProviders(options.executionProviders);
  const place = isFiles(bundle) ? bundle : folderUrl(bundle);
  const watched = { ...options, onProgress: neverFalling(options.onProgress) };
  return loadOnFirst(place, candidates, fallbacks, watched, worker);
}

/** Loads on the first of the candidates that takes the bundle. @param fallbacks why others were not taken. */
async function loadOnFirst(
  bundle: LoadRequest["bundle"],
  candidates: readonly ExecutionProvider[],
  fallbacks: readonly Fallback[],
  options: LoadOptions,
  worker: boolean,
): Promise<ConnectedClassifier> {
  const { signal, onWarning, cache = true, precision = "auto" } = options;
  const stallTimeout = patienceOf(options.stallTimeout);
  const stepTimeout = patienceOf(options.stepTimeout);
  let threads = options.threads ?? defaultThreads();

  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    const [executionProvider, ...others] = candidates;
    if (!executionProvider) throw noneLeft(fallbacks);
    const files = browserFiles[executionProvider];
    const script = fileUrl(options.workerBaseUrl, files.worker, files.workerUrl);
    const request = {
      bundle,
      wasmUrl: files.wasm && fileUrl(options.wasmBaseUrl, files.wasm, files.wasmUrl!),
      executionProviders: executionProvider === "kernels" ? [executionProvider] : candidates,
      precision,
      cache,
      threads,
      stallTimeout,
    };
    // A hash makes it another module where there is no worker: the one that stands still is not asked again.
    const url = attempt ? `${script}#${attempt}` : script;
    const without = (reason: string) => [...fallbacks, { executionProvider, reason }];
    const successor: Successor = async (reason, take) => {
      const { signal: _, onProgress: __, ...later } = options;
      const loaded = await loadOnFirst(bundle, others, without(reason), later, worker);
      const message = `The model now runs on ${loaded.executionProvider}, for ${executionProvider} was given up: ${reason}.`;
      take(loaded);
      onWarning?.({ type: "warning", code: "device-lost", message });
    };
    try {
      const once = { url, worker, stepTimeout, fallbacks, successor };
      return await loadOnce(request, { ...options, ...once });
    } catch (error) {
      if (error instanceof GivenUp || (others.length > 0 && lacksKernels(error, executionProvider))) {
        fallbacks = without(error.message.replace(/\.$/, ""));
        candidates = others;
        continue;
      }
      if (!(error instanceof Standstill)) throw error;
      const { doing, patience } = error.step;
      const reason = `nothing happened for ${(stepTimeout * patience) / 1000} s while ${doing}`;
      const gpuStandsStill = patience > 1 && others.length > 0;
      if (threads > 1 && !gpuStandsStill) {
        fallbacks = [...fallbacks, { executionProvider, threads, reason }];
        threads = 1;
      } else if (others.length > 0) {
        fallbacks = without(reason);
        candidates = others;
      } else {
        throw runtimeError("timed-out", `The classifier cannot be loaded: ${reason}.`, {
          hint: "Load the page again, or set a longer stepTimeout where the device is slow.",
        });
      }
    }
  }
}

/** Whether the script of kernels is not there: who serves scripts by their names may have those of an older version. */
const lacksKernels = (error: unknown, executionProvider: ExecutionProvider): error is FleuronError =>
  executionProvider === "kernels" && error instanceof FleuronError && error.code === "worker-failed";

const defaultThreads = () =>
  globalThis.crossOriginIsolated && typeof Worker !== "undefined"
    ? Math.min(MOST_THREADS, navigator.hardwareConcurrency)
    : 1;

const patienceOf = (timeout = PATIENCE_MILLISECONDS) => Math.min(timeout, LONGEST_MILLISECONDS);

/** Hears only what is more than before, for another attempt begins with nothing. */
function neverFalling(onProgress: LoadOptions["onProgress"]): (event: DownloadProgressEvent) => void {
  let most = -1;
  return (event) => {
    if (event.completed <= most) return;
    most = event.completed;
    onProgress?.(event);
  };
}

const isFiles = (bundle: string | URL | BundleFiles): bundle is BundleFiles => kindOf(bundle) === "Object";

const folderUrl = (url: string | URL) => {
  const folder = absoluteUrl(url);
  if (!folder.pathname.endsWith("/")) folder.pathname += "/";
  return folder.href;
};

const fileUrl = (base: string | URL | undefined, name: string, usual: () => URL) =>
  (base === undefined ? usual() : new URL(name, folderUrl(base))).href;
