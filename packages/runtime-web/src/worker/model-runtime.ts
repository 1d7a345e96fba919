import type { BundleFile, BundleModel, DescribedModel, SerialQueue } from "@fleuron/model";
import type { ExecutionProvider } from "../page/options.js";
import type { OpenModel } from "./open-model.js";
import type { Steps } from "./steps.js";

/** What a worker computes with, as all classifiers of its thread share it. */
export interface ModelRuntime {
  /** What is done through the methods below is work of this queue. */
  readonly queue: SerialQueue;
  readonly steps: Steps;
  /** The file that it needs beside a model: a `.wasm`. */
  readonly file: BundleFile | undefined;
  /** Before anything is downloaded. @throws GivenUp where it cannot take the model. */
  requireSuited(model: BundleModel): void;
  /** @param file what was downloaded of {@link file}. */
  start(file: Uint8Array<ArrayBuffer> | undefined, threads: number): void;
  /**
   * Opens a model and runs it once, so that no photo has to wait for shaders to be compiled.
   * @throws whatever the provider throws; an Error that says why it does not work here; DeviceLost.
   */
  open(
    described: DescribedModel,
    files: readonly Uint8Array[],
    executionProvider: ExecutionProvider,
  ): Promise<OpenModel>;
  release(model: OpenModel): Promise<void>;
  /** Gives back what lost devices still hold. */
  releaseLost(): Promise<void>;
  /** What the last provider threw, in our words. @param model what the message calls the model: its file. */
  failureOf(cause: unknown, model: string): Error;
}
