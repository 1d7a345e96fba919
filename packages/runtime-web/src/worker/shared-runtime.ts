// onnxruntime as all classifiers of a thread share it: it does one thing at a time, and has one GPU device for all.
import { type DescribedModel, inputLength, SerialQueue } from "@fleuron/model";
import { type Step, UNHURRIED } from "../messages.js";
import type { ExecutionProvider } from "../page/options.js";
import type { OnnxRuntime } from "./onnxruntime.js";
import { type OpenModel, openModel } from "./open-model.js";
import type { WebgpuSupport } from "./webgpu-support.js";

/** Shaders are compiled in it, and an emulated GPU takes half a minute for what a processor does in a tenth of a second. */
const FIRST_RUN_ON_GPU: Step = { doing: "the GPU ran the model for the first time", patience: 10 };

export class SharedRuntime {
  readonly ort: OnnxRuntime;
  /** What is done with {@link ort} and through the methods below is work of this queue. */
  readonly queue = new SerialQueue();
  readonly #webgpu: WebgpuSupport | undefined;
  readonly #models = new Set<OpenModel>();
  readonly #listeners = new Set<(step: Step) => void>();
  #step = UNHURRIED;

  /** @param webgpu where `ort` is the build for it. */
  constructor(ort: OnnxRuntime, webgpu?: WebgpuSupport) {
    this.ort = ort;
    this.#webgpu = webgpu;
  }

  /** Reports the steps of every classifier, as long as `work` takes: one that waits for its turn waits for others' steps. */
  async tellSteps(listener: (step: Step) => void, work: () => Promise<void>): Promise<void> {
    this.#listeners.add(listener);
    listener(this.#step);
    try {
      await work();
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /**
   * Opens a model and runs it once on nothing, so that no photo has to wait for shaders to be compiled.
   * @throws whatever onnxruntime throws; an Error that says why WebGPU does not work here; DeviceLost.
   */
  async open(
    described: DescribedModel,
    files: readonly Uint8Array[],
    executionProvider: ExecutionProvider,
  ): Promise<OpenModel> {
    const webgpu = executionProvider === "webgpu" ? this.#webgpu : undefined;
    const problem = await webgpu?.problem();
    if (problem !== undefined) throw new Error(problem);
    let opened: OpenModel | undefined;
    try {
      this.#begin({ doing: "onnxruntime started its threads and opened the model", patience: 1 });
      opened = await openModel(this.ort, described, files, executionProvider, webgpu?.watch);
      this.#models.add(opened);
      this.#begin(webgpu ? FIRST_RUN_ON_GPU : { doing: "the model ran for the first time", patience: 1 });
      await opened.run(new Float32Array(inputLength(described.manifest.preprocessing)), 1);
      return opened;
    } catch (cause) {
      if (opened) await this.release(opened).catch(() => undefined);
      throw cause;
    } finally {
      this.#begin(UNHURRIED);
    }
  }

  async release(model: OpenModel): Promise<void> {
    if (this.#models.delete(model)) await model.release();
  }

  /** Releases every classifier's models on a lost device: until the last model on a lost device is gone, onnxruntime asks for no other device. */
  async releaseLost(): Promise<void> {
    for (const model of this.#models) {
      if (model.watch?.isLost) await this.release(model).catch(() => undefined);
    }
  }

  #begin(step: Step): void {
    this.#step = step;
    for (const listener of this.#listeners) listener(step);
  }
}
