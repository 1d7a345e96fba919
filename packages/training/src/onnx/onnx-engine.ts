// Trains on plain onnxruntime: one ONNX graph computes the loss and every gradient, which onnxruntime writes
// beside the weights; the optimiser then passes over both in place.

import {
  bindDimensions,
  type Graph,
  gradientName,
  networkOf,
  shapePerPhoto,
  type TrainableNetwork,
} from "@fleuron/graph";
import { toOnnx, updateName } from "@fleuron/graph/onnx";
import { SerialQueue, sizeOf } from "@fleuron/model";
import type { InferenceSession, Tensor } from "onnxruntime-common";
import { firstForms } from "../convolution-forms.js";
import { BatchSessions } from "../engine/batch-sessions.js";
import type {
  Batch,
  EngineDescription,
  EngineOptions,
  Hyperparameters,
  ImageBatch,
  Logits,
  StepMetrics,
  TrainingEngine,
} from "../engine/engine.js";
import { outOfMemory } from "../engine/out-of-memory.js";
import type { TrainingPlan } from "../plan.js";
import {
  learningParameters,
  type NamedTensor,
  parameterStateName,
  requireStateTensor,
  stateTensors,
} from "../state.js";
import { fusedUpdate } from "./fused-update.js";
import { graphUpdate, type Update } from "./graph-update.js";
import { allocateState, type StateMemory, sideBySide } from "./kernel/state-memory.js";
import { type OnnxExecution, onProcessor } from "./on-processor.js";
import type { OnnxRuntime } from "./onnx-runtime.js";
import { type Destination, runAndCopy, runInto, UNREADABLE } from "./run-into.js";

export interface OnnxEngineOptions {
  readonly runtime: OnnxRuntime;
  readonly threads: number;
  /** How graphs become sessions. Default: `onProcessor` with the plan's convolutions. */
  readonly execution?: OnnxExecution;
  /** Whether the runtime computes into tensors that it is given, as onnxruntime-web does not. Default true. */
  readonly fillsOutputs?: boolean;
  /** As in `EngineOptions`. */
  readonly reduceGradients?: EngineOptions["reduceGradients"];
  readonly description: EngineDescription;
}

export class OnnxEngine implements TrainingEngine {
  readonly description: EngineDescription;
  readonly #plan: TrainingPlan;
  readonly #network: TrainableNetwork;
  readonly #options: OnnxEngineOptions;
  readonly #memory: StateMemory;
  /** What stands in the place of the memory's tensors where nothing learns: arrays that were given to be kept. */
  readonly #kept = new Map<string, Float32Array>();
  readonly #training: Graph;
  readonly #inference: Graph;
  /** What a step makes of the moving statistics, by their names in the state. */
  readonly #movedStatistics: readonly { readonly name: string; readonly data: Float32Array<ArrayBuffer> }[];
  /** Where a step puts gradients and statistics, by their names in the training graph. */
  readonly #gradientsAndStatistics: Readonly<Record<string, Destination>>;
  readonly #trainingSessions: BatchSessions<InferenceSession>;
  readonly #inferenceSessions: BatchSessions<InferenceSession>;
  /** Those of all parameters, one after the other. */
  readonly #gradients: Float32Array<ArrayBuffer>;
  readonly #update: Update;
  /** All that are released at the end. */
  readonly #sessions: BatchSessions<InferenceSession>[] = [];
  readonly #calls = new SerialQueue();

  constructor(plan: TrainingPlan, options: OnnxEngineOptions) {
    this.description = options.description;
    this.#plan = plan;
    this.#options = options;
    this.#network = networkOf(plan.network);
    this.#training = this.#network.trainingGraph(plan);
    this.#inference = this.#network.inferenceGraph();
    this.#trainingSessions = this.#sessionsOf(this.#training, { repeats: true });
    this.#inferenceSessions = this.#sessionsOf(this.#inference, { repeats: false });
    this.#memory = allocateState(
      new Map([
        ...stateTensors(plan).map(({ name, shape }) => [name, shape] as const),
        ...learningParameters(plan).map(({ name, shape }) => [gradientName(name), shape] as const),
      ]),
    );
    const moving = new Set(this.#training.updates.map(({ name }) => name));
    const statistics = this.#network.parameters
      .filter(({ name }) => moving.has(name))
      .map((parameter) => ({ parameter, data: new Float32Array(sizeOf(parameter.shape)) }));
    this.#movedStatistics = statistics.map(({ parameter, data }) => ({
      name: parameterStateName(parameter),
      data,
    }));
    this.#gradientsAndStatistics = Object.fromEntries([
      ...statistics.map(({ parameter: { name, shape }, data }) => [updateName(name), { data, shape }]),
      ...learningParameters(plan).map(({ name, shape }) => {
        const { data } = this.#memory.tensors.get(gradientName(name))!;
        return [gradientName(name), { data, shape }];
      }),
    ]);
    this.#gradients = sideBySide(
      learningParameters(plan).map(({ name }) => this.#memory.tensors.get(gradientName(name))!),
    );
    this.#update =
      fusedUpdate(plan, this.#memory) ??
      graphUpdate(plan, this.#memory, {
        runtime: options.runtime,
        sessionsOf: (graph) => this.#sessionsOf(graph, { repeats: false }),
      });
  }

  step(batch: Batch, { learningRate }: Hyperparameters): Promise<StepMetrics> {
    return this.#inOrder(batch, async () => {
      const session = await this.#trainingSessions.get(batch.size);
      const { runtime, fillsOutputs = true, reduceGradients } = this.#options;
      const { Tensor } = runtime;
      const shapes = new Map(
        this.#training.inputs.map((input) => [input.name, shapePerPhoto(this.#training, input)]),
      );
      const dropoutMasks = Object.entries(batch.dropoutMasks).map(([name, data]) => [
        name,
        new Tensor("float32", data, [batch.size, ...shapes.get(name)!]),
      ]);
      const feeds = {
        image: this.#imageTensor(batch),
        targets: new Tensor("float32", batch.targets, [batch.size, this.#network.classes]),
        sampleWeights: new Tensor("float32", batch.sampleWeights, [batch.size]),
        normalizer: new Tensor("float32", Float32Array.of(batch.normalizer), []),
        ...Object.fromEntries(dropoutMasks),
        ...this.#variables(this.#training),
      };
      const metrics = { loss: new Float32Array(1), correctCount: new Float32Array(1) };
      const outputs = {
        loss: { data: metrics.loss, shape: [] },
        correctCount: { data: metrics.correctCount, shape: [] },
        ...this.#gradientsAndStatistics,
      };
      await (fillsOutputs ? runInto(session, runtime, feeds, outputs) : runAndCopy(session, feeds, outputs));
      await reduceGradients?.(this.#gradients);
      await this.#update(learningRate);
      for (const { name, data } of this.#movedStatistics) this.#memory.tensors.get(name)!.data.set(data);
      return { loss: metrics.loss[0]!, correctCount: metrics.correctCount[0]! };
    });
  }

  predict(batch: ImageBatch): Promise<Logits> {
    return this.#inOrder(batch, async () => {
      const session = await this.#inferenceSessions.get(batch.size);
      const results = await session.run({
        image: this.#imageTensor(batch),
        ...this.#variables(this.#inference),
      });
      const { data, dims } = results.logits!;
      return { data: data as Float32Array, classes: dims[1]! };
    });
  }

  async *read(names?: readonly string[]): AsyncGenerator<NamedTensor> {
    await this.#calls.idle();
    for (const { name, shape } of stateTensors(this.#plan)) {
      if (names && !names.includes(name)) continue;
      yield { name, shape, data: this.#data(name), lasts: true };
    }
  }

  async write(
    tensors: AsyncIterable<NamedTensor>,
    { keep = false }: { readonly keep?: boolean } = {},
  ): Promise<void> {
    await this.#calls.idle();
    const learnsNothing = learningParameters(this.#plan).length === 0;
    for await (const tensor of tensors) {
      requireStateTensor(this.#plan, tensor);
      if (keep && learnsNothing) this.#kept.set(tensor.name, tensor.data);
      else this.#data(tensor.name).set(tensor.data);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#calls.idle();
    for (const sessions of this.#sessions) await sessions.release();
  }

  /** Runs `work` on a batch after everything asked for before; a failure does not stop what comes after. */
  #inOrder<Result>({ size }: ImageBatch, work: () => Promise<Result>): Promise<Result> {
    return this.#calls.add(work).catch((cause) => {
      throw outOfMemory(cause, size) ?? cause;
    });
  }

  #imageTensor({ size, images }: ImageBatch): Tensor {
    const { channels, height, width } = this.#network.input;
    return new this.#options.runtime.Tensor("float32", images, [size, channels, height, width]);
  }

  #data(name: string): Float32Array {
    return this.#kept.get(name) ?? this.#memory.tensors.get(name)!.data;
  }

  #tensor(name: string, shape: readonly number[]): Tensor {
    return new this.#options.runtime.Tensor("float32", this.#data(name), shape);
  }

  /** What the graph reads of the state, without a copy. */
  #variables(graph: Graph): Record<string, Tensor> {
    const used = new Set(graph.variables.map(({ name }) => name));
    const parameters = this.#network.parameters.filter(({ name }) => used.has(name));
    return Object.fromEntries(
      parameters.map((parameter) => [
        parameter.name,
        this.#tensor(parameterStateName(parameter), parameter.shape),
      ]),
    );
  }

  #sessionsOf(graph: Graph, { repeats }: { readonly repeats: boolean }): BatchSessions<InferenceSession> {
    const {
      runtime,
      threads,
      execution = onProcessor(this.#plan.convolutions ?? firstForms),
      fillsOutputs = true,
    } = this.#options;
    const sessions = new BatchSessions(async (batch) => {
      const model = toOnnx(bindDimensions(graph, { batch }), {
        lowerings: execution.lowerings,
        unreadable: fillsOutputs && repeats ? UNREADABLE : undefined,
      });
      return runtime.InferenceSession.create(model, {
        ...execution.sessionOptions,
        intraOpNumThreads: threads,
        // Only full training batches repeat often enough to keep their working memory.
        enableCpuMemArena: repeats && batch === this.#plan.batchSize,
      });
    });
    this.#sessions.push(sessions);
    return sessions;
  }
}
