// An engine that trains a head on features, and has the state of the whole network.
import type {
  Batch,
  EngineDescription,
  Hyperparameters,
  ImageBatch,
  Logits,
  StepMetrics,
  TrainingEngine,
} from "../engine/engine.js";
import type { TrainingPlan } from "../plan.js";
import { type NamedTensor, requireStateTensor, stateTensors } from "../state.js";
import type { HeadAlone } from "./head-alone.js";

export class HeadEngine implements TrainingEngine {
  readonly description: EngineDescription;
  readonly #plan: TrainingPlan;
  readonly #head: TrainingEngine;
  readonly #ofHead: ReadonlySet<string>;
  readonly #frozen = new Map<string, Float32Array>();

  /** @param head an engine of `parts.head`, which is disposed with this one. */
  constructor(plan: TrainingPlan, parts: HeadAlone, head: TrainingEngine) {
    this.description = head.description;
    this.#plan = plan;
    this.#head = head;
    this.#ofHead = new Set(stateTensors(parts.head).map(({ name }) => name));
  }

  /** A batch's images are features. */
  step(batch: Batch, hyperparameters: Hyperparameters): Promise<StepMetrics> {
    return this.#head.step(batch, hyperparameters);
  }

  /** The logits of features. */
  predict(batch: ImageBatch): Promise<Logits> {
    return this.#head.predict(batch);
  }

  async *read(names?: readonly string[]): AsyncGenerator<NamedTensor> {
    for (const tensor of stateTensors(this.#plan)) {
      if (names && !names.includes(tensor.name)) continue;
      if (this.#ofHead.has(tensor.name)) yield* this.#head.read([tensor.name]);
      else yield { ...tensor, data: this.#frozenTensor(tensor.name), lasts: true };
    }
  }

  async write(tensors: AsyncIterable<NamedTensor>): Promise<void> {
    for await (const tensor of tensors) {
      requireStateTensor(this.#plan, tensor);
      if (this.#ofHead.has(tensor.name)) await this.#head.write(only(tensor));
      else this.#frozen.set(tensor.name, tensor.data.slice());
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#head[Symbol.asyncDispose]();
  }

  #frozenTensor(name: string): Float32Array {
    const data = this.#frozen.get(name);
    if (data === undefined) throw new Error(`internal: '${name}' was read before it was written`);
    return data;
  }
}

async function* only(tensor: NamedTensor): AsyncGenerator<NamedTensor> {
  yield tensor;
}
