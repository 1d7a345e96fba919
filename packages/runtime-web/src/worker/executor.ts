// A model on the first execution provider that works, and on the next one when that ceases to.
import type { DescribedModel } from "@fleuron/model";
import type { Execution, Fallback } from "../messages.js";
import type { ExecutionProvider } from "../page/options.js";
import { DeviceLost } from "./device-lost.js";
import { reasonOf } from "./failures.js";
import type { ModelRuntime } from "./model-runtime.js";
import type { OpenModel } from "./open-model.js";

export interface ExecutorOptions {
  readonly runtime: ModelRuntime;
  readonly described: DescribedModel;
  /** In order of preference; not empty. */
  readonly executionProviders: readonly ExecutionProvider[];
  /** The model's files, again for each opening: they are not kept, for a runtime has its own copy. */
  readonly files: () => Promise<readonly Uint8Array[]>;
  /** After a device was lost and the model was opened again. */
  readonly onRecovery: (execution: Execution, reason: string) => void;
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
    return { executionProvider: this.#candidates[0]!, fallbacks: this.#fallbacks };
  }

  /**
   * Opens the model on the first provider that takes it.
   * @throws FleuronError "model-unusable" or "out-of-memory" of the last one.
   */
  async open(): Promise<void> {
    await this.#options.runtime.queue.add(() => this.#openModel());
  }

  /**
   * After a lost device the model is opened again, on the next provider at the second loss.
   * @param input [count, channels, height, width]; the result is [count, labels].
   * @throws FleuronError "model-unusable", "out-of-memory".
   */
  run(input: Float32Array, count: number): Promise<Float32Array> {
    return this.#options.runtime.queue.add(() => this.#run(input, count));
  }

  async release(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    const { runtime } = this.#options;
    if (open) await runtime.queue.add(() => runtime.release(open));
  }

  async #openModel(): Promise<OpenModel> {
    const { runtime, described, files } = this.#options;
    const bytes = await files();
    for (;;) {
      try {
        this.#open = await runtime.open(described, bytes, this.#candidates[0]!);
        return this.#open;
      } catch (cause) {
        if (this.#candidates.length === 1) throw runtime.failureOf(cause, described.subject);
        this.#giveUp(`it could not open the model: ${reasonOf(cause)}`);
      }
    }
  }

  async #run(input: Float32Array, count: number): Promise<Float32Array> {
    const { runtime, described, onRecovery } = this.#options;
    let loss: DeviceLost | undefined;
    for (;;) {
      try {
        const open = this.#open ?? (await this.#openModel());
        if (loss) onRecovery(this.execution, loss.message);
        return await open.run(input, count);
      } catch (cause) {
        const last = this.#candidates.length === 1;
        if (!(cause instanceof DeviceLost) || (loss && last))
          throw runtime.failureOf(cause, described.subject);
        if (loss) this.#giveUp(`its device was lost twice: ${cause.message}`);
        loss = cause;
        this.#open = undefined;
        await runtime.releaseLost();
      }
    }
  }

  #giveUp(reason: string): void {
    this.#fallbacks = [...this.#fallbacks, { executionProvider: this.#candidates[0]!, reason }];
    this.#candidates = this.#candidates.slice(1);
  }
}
