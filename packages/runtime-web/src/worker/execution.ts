// A model on the first execution provider that works, and on the next one when that ceases to.
import type { BundleModel } from "@fleuron/model";
import type { InferenceSession } from "onnxruntime-web/wasm";
import type { Execution, Fallback } from "../messages.js";
import type { ExecutionProvider } from "../page/options.js";
import { DeviceLost } from "./device-lost.js";
import type { DeviceWatch } from "./device-watch.js";
import { failureOf, reasonOf } from "./failures.js";
import type { OnnxRuntime } from "./onnxruntime.js";
import { openSession, runSession } from "./open-session.js";
import type { WebgpuSupport } from "./webgpu-support.js";

export interface ExecutorOptions {
  readonly ort: OnnxRuntime;
  readonly model: BundleModel;
  /** In order of preference; not empty. */
  readonly executionProviders: readonly ExecutionProvider[];
  /** Where `ort` is the build for it. */
  readonly webgpu: WebgpuSupport | undefined;
  /** The model's files, again for each opening: they are not kept, for onnxruntime has its own copy. */
  readonly files: () => Promise<readonly Uint8Array[]>;
  /** After a device was lost and the model was opened again. */
  readonly onRecovery: (execution: Execution, reason: string) => void;
}

interface OpenModel {
  readonly session: InferenceSession;
  readonly watch: DeviceWatch | undefined;
}

export class Executor {
  readonly #options: ExecutorOptions;
  #candidates: readonly ExecutionProvider[];
  #fallbacks: readonly Fallback[] = [];
  #open: OpenModel | undefined;

  constructor(options: ExecutorOptions) {
    this.#options = options;
    this.#candidates = options.executionProviders;
  }

  get execution(): Execution {
    return { executionProvider: this.#candidates[0], fallbacks: this.#fallbacks };
  }

  /**
   * Opens the model on the first provider that takes it.
   * @throws FleuronError "model-unusable" or "out-of-memory" of the last one.
   */
  async open(): Promise<OpenModel> {
    const { ort, model, files } = this.#options;
    const bytes = await files();
    for (;;) {
      const [provider] = this.#candidates;
      try {
        const webgpu = provider === "webgpu" ? this.#options.webgpu : undefined;
        const problem = await webgpu?.problem();
        if (problem !== undefined) throw new Error(problem);
        const session = await openSession(ort, model, bytes, provider);
        this.#open = { session, watch: await webgpu?.watch(ort) };
        return this.#open;
      } catch (cause) {
        if (this.#candidates.length === 1) throw failureOf(cause, model.files[0].path);
        this.#giveUp(`it could not open the model: ${reasonOf(cause)}`);
      }
    }
  }

  /**
   * One run at a time. After a lost device the model is opened again, on the next provider at the second loss.
   * @param input [count, channels, height, width]; the result is [count, labels].
   * @throws FleuronError "model-unusable", "out-of-memory".
   */
  async run(input: Float32Array, count: number): Promise<Float32Array> {
    const { ort, model, onRecovery } = this.#options;
    let loss: DeviceLost | undefined;
    for (;;) {
      try {
        const { session, watch } = this.#open ?? (await this.open());
        if (loss) onRecovery(this.execution, loss.message);
        const run = runSession(ort, session, model, input, count);
        return await (watch ? watch.guard(run) : run);
      } catch (cause) {
        const last = this.#candidates.length === 1;
        if (!(cause instanceof DeviceLost) || (loss && last)) throw failureOf(cause, model.files[0].path);
        if (loss) this.#giveUp(`its device was lost twice: ${cause.message}`);
        loss = cause;
        await this.release().catch(() => undefined);
      }
    }
  }

  async release(): Promise<void> {
    const session = this.#open?.session;
    this.#open = undefined;
    await session?.release();
  }

  #giveUp(reason: string): void {
    const [executionProvider, ...rest] = this.#candidates;
    this.#fallbacks = [...this.#fallbacks, { executionProvider, reason }];
    this.#candidates = rest;
  }
}
