// The classifier of the page: which one is wanted, how far its load is, and what waits for it.
import type { BundlePrecision } from "@fleuron/model";
import type {
  ClassifierWarningEvent,
  ExecutionProvider,
  loadClassifier,
  WebClassifier,
} from "@fleuron/runtime-web";

export interface Choice {
  readonly executionProvider: "auto" | ExecutionProvider;
  readonly precision: "auto" | BundlePrecision;
}

export type SessionState =
  /** Nothing has been asked for yet. */
  | { readonly phase: "idle" }
  /** Bytes; `total` is 0 until it is known. */
  | { readonly phase: "downloading"; readonly completed: number; readonly total: number }
  /** All bytes are there: the model is compiled and runs once. */
  | { readonly phase: "preparing"; readonly total: number }
  /** `seconds` since the load began. */
  | { readonly phase: "ready"; readonly classifier: WebClassifier; readonly seconds: number }
  | { readonly phase: "failed"; readonly error: unknown };

/** What classifying photos needs of a {@link Session}. */
export interface ClassifierSource {
  /** Changes with every choice: an error of an older one is no news. */
  readonly version: number;
  /** The classifier of the latest choice; loads it unless that has begun. */
  classifier(): Promise<WebClassifier>;
}

export interface SessionOptions {
  /** The bundle's address, or its files. */
  readonly bundle: Parameters<typeof loadClassifier>[0];
  readonly load: typeof loadClassifier;
  readonly onChange: (state: SessionState) => void;
  readonly onWarning: (warning: ClassifierWarningEvent) => void;
}

export class Session implements ClassifierSource {
  readonly #options: SessionOptions;
  #state: SessionState = { phase: "idle" };
  #choice: Choice = { executionProvider: "auto", precision: "auto" };
  #version = 0;
  #loading = new AbortController();
  #current: Promise<WebClassifier> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#state;
  }

  get choice(): Choice {
    return this.#choice;
  }

  get version(): number {
    return this.#version;
  }

  classifier(): Promise<WebClassifier> {
    this.#current ??= this.#load(this.#loading.signal);
    return this.#current;
  }

  /** Loads another classifier in the place of the one that is there or on its way. */
  choose(choice: Choice): Promise<WebClassifier> {
    this.#choice = choice;
    this.#version++;
    this.#loading.abort(new DOMException("Another model was chosen.", "AbortError"));
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    const before = this.#current;
    // It gives its memory back first: two full models may be more than a phone has.
    this.#current = Promise.resolve(before?.then((classifier) => classifier.dispose()))
      .catch(() => undefined)
      .then(() => this.#load(signal));
    return this.#current;
  }

  /** Gives the classifier's memory back; calls off a load that is under way. */
  async dispose(): Promise<void> {
    this.#version++;
    this.#loading.abort(new DOMException("Another model was chosen.", "AbortError"));
    await this.#current?.then(
      (classifier) => classifier.dispose(),
      () => undefined,
    );
  }

  async #load(signal: AbortSignal): Promise<WebClassifier> {
    signal.throwIfAborted();
    const { bundle, load, onWarning } = this.#options;
    const { executionProvider, precision } = this.#choice;
    const began = performance.now();
    this.#become({ phase: "downloading", completed: 0, total: 0 });
    try {
      const classifier = await load(bundle, {
        executionProviders: executionProvider === "auto" ? "auto" : [executionProvider],
        precision,
        signal,
        onProgress: ({ completed, total }) => {
          if (signal.aborted) return;
          if (completed < total) this.#become({ phase: "downloading", completed, total });
          else this.#become({ phase: "preparing", total });
        },
        onWarning,
      });
      this.#become({ phase: "ready", classifier, seconds: (performance.now() - began) / 1000 });
      return classifier;
    } catch (error) {
      if (!signal.aborted) {
        this.#current = undefined;
        this.#become({ phase: "failed", error });
      }
      throw error;
    }
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#options.onChange(state);
  }
}
