// onnxruntime as all classifiers of a thread share it: it does one thing at a time, and has one GPU device for all.
import { type BundleFile, type DescribedModel, inputLength, SerialQueue } from "@fleuron/model";
import { type Step, UNHURRIED } from "../messages.js";
import type { ExecutionProvider } from "../page/options.js";
import { failureOf } from "./failures.js";
import type { ModelRuntime } from "./model-runtime.js";
import type { OnnxRuntime } from "./onnxruntime.js";
import { type OpenModel, openModel } from "./open-model.js";
import { Steps } from "./steps.js";
import type { WebgpuSupport } from "./webgpu-support.js";

/** Shaders are compiled in it, and an emulated GPU takes half a minute for what a processor does in a tenth of a second. */
const FIRST_RUN_ON_GPU: Step = { doing: "the GPU ran the model for the first time", patience: 10 };

export class SharedRuntime implements ModelRuntime {
  readonly queue = new SerialQueue();
  readonly steps = new Steps();
  readonly file: BundleFile;
  readonly failureOf = failureOf;
  readonly #ort: OnnxRuntime;
  readonly #webgpu: WebgpuSupport | undefined;
  readonly #models = new Set<OpenModel>();

  /**
   * @param wasm the `.wasm` of `ort`.
   * @param webgpu where `ort` is the build for it.
   */
  constructor(ort: OnnxRuntime, wasm: BundleFile, webgpu?: WebgpuSupport) {
    this.#ort = ort;
    this.file = wasm;
    this.#webgpu = webgpu;
  }

  requireSuited(): void {}

  start(wasm: Uint8Array<ArrayBuffer>, threads: number): void {
    const { env } = this.#ort;
    env.wasm.wasmBinary = wasm;
    env.wasm.numThreads = threads;
  }

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
      this.steps.begin({ doing: "onnxruntime started its threads and opened the model", patience: 1 });
      opened = await openModel(this.#ort, described, files, executionProvider, webgpu?.watch);
      this.#models.add(opened);
      this.steps.begin(
        webgpu ? FIRST_RUN_ON_GPU : { doing: "the model ran for the first time", patience: 1 },
      );
      await opened.run(new Float32Array(inputLength(described.manifest.preprocessing)), 1);
      return opened;
    } catch (cause) {
      if (opened) await this.release(opened).catch(() => undefined);
      throw cause;
    } finally {
      this.steps.begin(UNHURRIED);
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
}
