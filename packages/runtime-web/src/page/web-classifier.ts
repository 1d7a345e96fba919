import type { BundleModel, Classification, Classifier, ClassifyOptions, Manifest } from "@fleuron/model";
import { runtimeError } from "../errors.js";
import type { Execution, Fallback, LoadReply } from "../messages.js";
import type { Connection } from "./connection.js";
import { type ExecutionProvider, requirePositiveInteger } from "./options.js";
import { type Photo, toSentPhoto } from "./photo.js";

/** A bundle's model in a worker, ready to name photos. */
export interface WebClassifier extends Classifier<Photo> {
  /** What computes. Changes to "wasm" when a GPU is lost for good. */
  readonly executionProvider: ExecutionProvider;
  /** What was tried before, and why it was not taken. */
  readonly fallbacks: readonly Fallback[];
}

export class ConnectedClassifier implements WebClassifier {
  readonly manifest: Manifest;
  readonly model: BundleModel;
  readonly #notTaken: readonly Fallback[];
  readonly #connection: Connection;
  readonly #end: () => Promise<void>;
  #execution: Execution;
  #disposed: Promise<void> | undefined;

  /**
   * @param notTaken before the worker began.
   * @param end gives the worker's memory back.
   */
  constructor(
    loaded: LoadReply,
    notTaken: readonly Fallback[],
    connection: Connection,
    end: () => Promise<void>,
  ) {
    this.manifest = loaded.manifest;
    this.model = loaded.model;
    this.#execution = loaded;
    this.#notTaken = notTaken;
    this.#connection = connection;
    this.#end = end;
  }

  get executionProvider(): ExecutionProvider {
    return this.#execution.executionProvider;
  }

  get fallbacks(): readonly Fallback[] {
    return [...this.#notTaken, ...this.#execution.fallbacks];
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
    const classifications = await this.#connection.ask("classify", { photos: sent, topK }, signal);
    return Array.isArray(given) ? classifications : classifications[0]!;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

export const disposedError = () =>
  runtimeError("classifier-disposed", "The classifier was disposed.", { hint: "Load it again." });
