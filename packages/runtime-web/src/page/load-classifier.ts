import { browserFiles } from "../browser-files.js";
import { runtimeError } from "../errors.js";
import { absoluteUrl } from "./absolute-url.js";
import { chooseProviders } from "./choose-providers.js";
import { Connection } from "./connection.js";
import { type LoadOptions, validateOptions } from "./options.js";
import { startInline, startWorker } from "./start-worker.js";
import { ConnectedClassifier, disposedError, type WebClassifier } from "./web-classifier.js";

const MOST_THREADS = 4;
const STALL_MILLISECONDS = 30_000;

/**
 * Loads a bundle, the folder that `fleuron export` writes, and gets its model ready: downloaded and checked, compiled,
 * run once.
 * @param bundle the folder's address, relative to the page.
 * @throws FleuronError of {@link RuntimeWebErrorCode}, "manifest-invalid" or "manifest-newer"; the signal's reason.
 */
export async function loadClassifier(
  bundle: string | URL,
  options: LoadOptions = {},
): Promise<WebClassifier> {
  const { signal, onProgress, onWarning, cache = true, worker = true, precision = "auto" } = options;
  validateOptions(options);
  requireBrowser();
  signal?.throwIfAborted();
  const { candidates, fallbacks } = await chooseProviders(options.executionProviders);
  signal?.throwIfAborted();

  const files = browserFiles[candidates[0]];
  const workerUrl = fileUrl(options.workerBaseUrl, files.worker, files.workerUrl);
  const request = {
    bundleUrl: folderUrl(bundle),
    wasmUrl: fileUrl(options.wasmBaseUrl, files.wasm, files.wasmUrl),
    executionProviders: candidates,
    precision,
    cache,
    threads: options.threads ?? defaultThreads(),
    stallTimeout: options.stallTimeout ?? STALL_MILLISECONDS,
  };

  let classifier: ConnectedClassifier | undefined;
  const workplace = worker
    ? startWorker(workerUrl, (error) => connection.close(error))
    : await startInline(workerUrl);
  const connection = new Connection(workplace.port, (message) => {
    if (message.type === "execution") classifier?.changeExecution(message.execution);
    else if (message.event.type === "progress") onProgress?.(message.event);
    else onWarning?.(message.event);
  });
  const end = () => {
    connection.close(disposedError());
    return workplace.end();
  };
  try {
    const loaded = await connection.ask("load", request, signal);
    classifier = new ConnectedClassifier(loaded, fallbacks, connection, end);
    return classifier;
  } catch (error) {
    void end();
    throw error;
  }
}

function requireBrowser(): void {
  if (typeof Worker !== "undefined" && typeof WebAssembly !== "undefined" && typeof location !== "undefined")
    return;
  throw runtimeError("browser-unsupported", "A classifier needs a browser with workers and WebAssembly.", {
    hint: "In Node, use @fleuron/runtime-node.",
  });
}

const defaultThreads = () =>
  globalThis.crossOriginIsolated ? Math.min(MOST_THREADS, navigator.hardwareConcurrency) : 1;

const folderUrl = (url: string | URL) => {
  const folder = absoluteUrl(url);
  if (!folder.pathname.endsWith("/")) folder.pathname += "/";
  return folder.href;
};

const fileUrl = (base: string | URL | undefined, name: string, usual: () => URL) =>
  (base === undefined ? usual() : new URL(name, folderUrl(base))).href;
