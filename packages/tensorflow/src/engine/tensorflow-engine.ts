// Trains in TensorFlow, through whichever of tfjs-node and tfjs-node-gpu is given: a step is one run of a SavedModel.
import { networkOf, shapePerPhoto, type TrainableNetwork } from "@fleuron/graph";
import { readSignature, writeSignature } from "@fleuron/graph/tensorflow";
import { SerialQueue } from "@fleuron/model";
import type {
  Batch,
  EngineDescription,
  Hyperparameters,
  ImageBatch,
  Logits,
  StepMetrics,
  TrainingEngine,
  TrainingPlan,
} from "@fleuron/training";
import { type NamedTensor, outOfMemory, requireStateTensor, stateTensors } from "@fleuron/training";
import { trainingModel } from "../step/training-model.js";
import { SavedModel, type SignatureInputs } from "./saved-model.js";
import type { Tensorflow } from "./tensorflow.js";

export class TensorflowEngine implements TrainingEngine {
  readonly description: EngineDescription;
  readonly #plan: TrainingPlan;
  readonly #network: TrainableNetwork;
  readonly #model: SavedModel;
  /** The shapes of the dropout masks, without the batch, by the name of the input. */
  readonly #noiseShapes: ReadonlyMap<string, readonly number[]>;
  readonly #calls = new SerialQueue();

  private constructor(plan: TrainingPlan, model: SavedModel, description: EngineDescription) {
    this.description = description;
    this.#plan = plan;
    this.#model = model;
    this.#network = networkOf(plan.network);
    const graph = this.#network.trainingGraph(plan);
    this.#noiseShapes = new Map(graph.inputs.map((input) => [input.name, shapePerPhoto(graph, input)]));
  }

  static async open(
    plan: TrainingPlan,
    tensorflow: Tensorflow,
    description: EngineDescription,
  ): Promise<TensorflowEngine> {
    const model = await SavedModel.open(tensorflow, trainingModel(plan));
    return new TensorflowEngine(plan, model, description);
  }

  step(batch: Batch, { learningRate }: Hyperparameters): Promise<StepMetrics> {
    return this.#calls.add(async () => {
      const { loss, correctCount } = await this.#run<"loss" | "correctCount">("step", {
        ...this.#trainingInputs(batch),
        learningRate: { shape: [], data: Float32Array.of(learningRate) },
      });
      return { loss: loss.data[0]!, correctCount: correctCount.data[0]! };
    });
  }

  /**
   * The gradients that a step would follow, by their parameters' names, before they are clipped; for tests. Statistics
   * move, weights do not.
   */
  gradients(batch: Batch): Promise<ReadonlyMap<string, Float32Array>> {
    return this.#calls.add(async () => {
      const outputs = await this.#run("gradients", this.#trainingInputs(batch));
      const gradients = Object.entries(outputs).filter(([name]) => name.startsWith(GRADIENT));
      return new Map(gradients.map(([name, { data }]) => [name.slice(GRADIENT.length), data]));
    });
  }

  predict(batch: ImageBatch): Promise<Logits> {
    return this.#calls.add(async () => {
      const { logits } = await this.#run<"logits">("predict", { image: this.#imageInput(batch) });
      return { data: logits.data, classes: logits.shape[1]! };
    });
  }

  async *read(names?: readonly string[]): AsyncGenerator<NamedTensor> {
    await this.#calls.idle();
    for (const { name, shape } of stateTensors(this.#plan)) {
      if (names && !names.includes(name)) continue;
      const { value } = await this.#model.run<"value">(readSignature(name), {});
      yield { name, shape, data: value.data };
    }
  }

  async write(tensors: AsyncIterable<NamedTensor>): Promise<void> {
    await this.#calls.idle();
    for await (const tensor of tensors) {
      requireStateTensor(this.#plan, tensor);
      const { name, shape, data } = tensor;
      await this.#model.run(writeSignature(name), { value: { shape, data } });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#calls.idle();
    await this.#model[Symbol.asyncDispose]();
  }

  #trainingInputs(batch: Batch): SignatureInputs {
    const { size, targets, sampleWeights, normalizer, dropoutMasks } = batch;
    const masks = Object.entries(dropoutMasks).map(([name, data]) => [
      name,
      { shape: [size, ...this.#noiseShapes.get(name)!], data },
    ]);
    return {
      image: this.#imageInput(batch),
      targets: { shape: [size, this.#network.classes], data: targets },
      sampleWeights: { shape: [size], data: sampleWeights },
      normalizer: { shape: [], data: Float32Array.of(normalizer) },
      ...Object.fromEntries(masks),
    };
  }

  #imageInput({ size, images }: ImageBatch) {
    const { channels, height, width } = this.#network.input;
    return { shape: [size, channels, height, width], data: images };
  }

  async #run<Output extends string>(signature: string, inputs: SignatureInputs) {
    try {
      return await this.#model.run<Output>(signature, inputs);
    } catch (cause) {
      throw outOfMemory(cause, inputs.image?.shape[0] ?? this.#plan.batchSize) ?? cause;
    }
  }
}

const GRADIENT = "gradient/";
