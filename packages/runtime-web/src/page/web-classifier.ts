import type { BundleModel, Classification, Classifier, ClassifyOptions, Manifest } from "@fleuron/model";
import { runtimeError } from "../errors.js";
import { GivenUp } from "../given-up.js";
import type { ClassifyRequest, Execution, Fallback, LoadReply } from "../messages.js";
import type { Connection } from "./connection.js";
import { type ExecutionProvider, requirePositiveInteger } from "./options.js";
import { type Photo, toSentPhoto } from "./photo.js";

/** A bundle's model in a worker, ready to name photos. */
export interface WebClassifier extends Classifier<Photo> {
  /** What computes. Changes when a GPU is lost for good. */
  readonly executionProvider: ExecutionProvider;
  /** What was tried before, and why it was not taken. */
  readonly fallbacks: readonly Fallback[];
}

/** Loads the classifier that takes a given-up one's place, gives it to `take`, and warns of it. */
export type Successor = (reason: string, take: (successor: ConnectedClassifier) => void) => Promise<void>;

interface ConnectedOptions {
  /** Execution providers that were given up before the worker began. */
  readonly notTaken: readonly Fallback[];
  readonly connection: Connection;
  readonly successor: Successor;
  /** Gives the worker's memory back. */
  readonly end: () => Promise<void>;
}

export class ConnectedClassifier implements WebClassifier {
  readonly manifest: Manifest;
  readonly model: BundleModel;
  readonly #options: ConnectedOptions;
  #execution: Execution;
  /** What answers in its place, from the moment on that it is asked for. */
  #replacing: Promise<void> | undefined;
  #successor: ConnectedClassifier | undefined;
  #ended: Promise<void> | undefined;
  #disposed: Promise<void> | undefined;

  constructor(loaded: LoadReply, options: ConnectedOptions) {
    this.manifest = loaded.manifest;
    this.model = loaded.model;
    this.#execution = loaded;
    this.#options = options;
  }

  get executionProvider(): ExecutionProvider {
    return this.#successor?.executionProvider ?? this.#execution.executionProvider;
  }

  get fallbacks(): readonly Fallback[] {
    return this.#successor?.fallbacks ?? [...this.#options.notTaken, ...this.#execution.fallbacks];
  }

  /** Called when the worker says that it runs on something else now. */
  changeExecution(execution: Execution): void {
    this.#execution = execution;
  }

  classify(photo: Photo, options?: ClassifyOptions): Promise<Classification>;
  classify(photos: readonly Photo[], options?: ClassifyOptions): Promise<readonly Classification[]>;
  async classify(
    given: Photo | readonly Photo[],
    { topK, signal }: ClassifyOptions = {},
  ): Promise<Classification | readonly Classification[]> {
    signal?.throwIfAborted();
    requirePositiveInteger("topK", topK);
    const photos = Array.isArray(given) ? given : [given];
    if (photos.length === 0) return [];
    const sent = await Promise.all(photos.map(toSentPhoto));
    const classifications = await this.#ask({ photos: sent, topK }, signal);
    return Array.isArray(given) ? classifications : classifications[0]!;
  }

  async #ask(request: ClassifyRequest, signal: AbortSignal | undefined): Promise<readonly Classification[]> {
    if (this.#successor) return this.#successor.#ask(request, signal);
    try {
      return await this.#options.connection.ask("classify", request, signal);
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
      return (await this.#replace(error.message)).#ask(request, signal);
    }
  }

  /** @throws whatever a load throws; then the next photo tries again. */
  async #replace(reason: string): Promise<ConnectedClassifier> {
    this.#replacing ??= this.#options.successor(reason, (successor) => {
      this.#successor = successor;
      void this.#end();
    });
    try {
      await this.#replacing;
      return this.#successor!;
    } catch (error) {
      this.#replacing = undefined;
      throw error;
    }
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    await this.#end();
    await this.#replacing?.catch(() => undefined);
    await this.#successor?.dispose();
  }

  #end(): Promise<void> {
    this.#ended ??= this.#options.end();
    return this.#ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

export const disposedError = () =>
  runtimeError("classifier-disposed", "The classifier was disposed.", { hint: "Load it again." });
