// A classifier as its worker has it.
import {
  answerOf,
  type Classification,
  MANIFEST_FILE,
  type Manifest,
  parseManifest,
  SerialQueue,
} from "@fleuron/model";
import { runtimeError } from "../errors.js";
import type { ClassifierWarningEvent } from "../events.js";
import {
  type ClassifyRequest,
  type FromWorker,
  type LoadReply,
  type LoadRequest,
  type Step,
  UNHURRIED,
} from "../messages.js";
import { placeIn } from "./bundle-place.js";
import { chooseModel } from "./choose-model.js";
import { noCache, openChunkCache } from "./download/chunk-cache.js";
import { downloadText } from "./download/download-text.js";
import { Executor } from "./executor.js";
import { loadFiles } from "./load-files.js";
import type { ModelRuntime } from "./model-runtime.js";
import { photoInputs } from "./photo-inputs.js";

interface Loaded {
  readonly manifest: Manifest;
  readonly executor: Executor;
  readonly stallTimeout: number;
}

export class LoadedClassifier {
  readonly #runtime: ModelRuntime;
  readonly #tell: (message: FromWorker) => void;
  readonly #queue = new SerialQueue();
  #loaded: Loaded | undefined;
  #warnedOfCanvas = false;

  constructor(runtime: ModelRuntime, tell: (message: FromWorker) => void) {
    this.#runtime = runtime;
    this.#tell = tell;
  }

  load(request: LoadRequest, signal: AbortSignal): Promise<LoadReply> {
    return this.#queue.add(() => this.#load(request, signal));
  }

  async #load(request: LoadRequest, signal: AbortSignal): Promise<LoadReply> {
    const { bundle, stallTimeout } = request;
    const runtime = this.#runtime;
    this.#tellStep(UNHURRIED);
    const cache = request.cache
      ? await openChunkCache((reason) =>
          this.#warn("cache-unavailable", `Files are not kept for the next visit: ${reason}.`),
        )
      : noCache;
    if (!isSecureContext) {
      this.#warn("integrity-unchecked", "This page is not served over https: hashes cannot be computed.");
    }
    const manifestPlace = placeIn(bundle, MANIFEST_FILE);
    const manifestUrl = manifestPlace.url;
    const text = await downloadText(manifestPlace, { signal, stallTimeout, cache });
    const manifest = parseManifest(text, manifestUrl);
    const model = chooseModel(manifest, request.precision, manifestUrl);
    runtime.requireSuited(model);

    const own = runtime.file ? [{ file: runtime.file, url: request.wasmUrl! }] : [];
    // By them the cache knows that these chunks are in use.
    for (const { file } of own)
      cache.write(`${manifestUrl}#${file.path}`, new TextEncoder().encode(file.chunks.join()));
    const modelFiles = model.files.map((file) => ({ ...placeIn(bundle, file.path), file }));
    const loaded = await loadFiles([...own, ...modelFiles], {
      signal,
      stallTimeout,
      cache,
      onProgress: (event) => this.#tell({ type: "event", event }),
    });
    runtime.start(own.length > 0 ? loaded[0] : undefined, request.threads);

    let first: readonly Uint8Array[] | undefined = loaded.slice(own.length);
    const executor = new Executor({
      runtime,
      described: { manifest, model, subject: modelFiles[0]!.url },
      executionProviders: request.executionProviders,
      files: async () => {
        signal.throwIfAborted();
        const given = first;
        first = undefined;
        if (given) return given;
        const never = new AbortController().signal;
        return loadFiles(modelFiles, { signal: never, stallTimeout, cache, onProgress: () => undefined });
      },
      onRecovery: (execution, reason) => {
        this.#tell({ type: "execution", execution });
        const message = `The GPU was lost (${reason}); the model now runs on ${execution.executionProvider}.`;
        this.#warn("device-lost", message);
      },
    });
    await runtime.steps.tell(
      (step) => this.#tellStep(step),
      () => executor.open(),
    );
    await cache.flush();
    this.#loaded = { manifest, executor, stallTimeout };
    return { manifest, model, ...executor.execution };
  }

  classify({ photos, topK }: ClassifyRequest, signal: AbortSignal): Promise<readonly Classification[]> {
    return this.#queue.add(async () => {
      signal.throwIfAborted();
      if (!this.#loaded) throw runtimeError("classifier-disposed", "The classifier was disposed.");
      const { manifest, executor, stallTimeout } = this.#loaded;
      const { input, timings } = await photoInputs(photos, manifest.preprocessing, {
        signal,
        stallTimeout,
        onRandomisedCanvas: () => this.#warnOfCanvas(),
      });
      const started = performance.now();
      const probabilities = await executor.run(input, photos.length);
      const run = performance.now() - started;
      const { labels, output } = manifest;
      const naming = { labels, rejectBelow: output.rejectBelow, topK };
      return timings.map((timing, index) => ({
        ...answerOf(probabilities.subarray(index * labels.length, (index + 1) * labels.length), naming),
        timings: { ...timing, run },
      }));
    });
  }

  dispose(): Promise<undefined> {
    return this.#queue.add(async () => {
      await this.#loaded?.executor.release();
      this.#loaded = undefined;
      return undefined;
    });
  }

  #tellStep(step: Step): void {
    this.#tell({ type: "step", ...step });
  }

  #warnOfCanvas(): void {
    if (this.#warnedOfCanvas) return;
    this.#warnedOfCanvas = true;
    this.#warn(
      "canvas-randomised",
      "This browser changes the pixels that pages read, against fingerprinting: predictions vary with them.",
    );
  }

  #warn(code: ClassifierWarningEvent["code"], message: string): void {
    this.#tell({ type: "event", event: { type: "warning", code, message } });
  }
}
