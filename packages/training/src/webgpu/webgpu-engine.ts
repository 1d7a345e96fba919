// Trains on a GPU: the state stays there, a step is one graph, and loss and count are all that comes back.
import { bindDimensions, type Graph, networkOf } from "@fleuron/graph";
import {
  compileProgram,
  DeviceVariables,
  type Program,
  type TileStore,
  tunedProducts,
} from "@fleuron/graph/webgpu";
import { FleuronError, SerialQueue } from "@fleuron/model";
import { BatchSessions } from "../engine/batch-sessions.js";
import type {
  Batch,
  EngineDescription,
  Hyperparameters,
  ImageBatch,
  Logits,
  StepMetrics,
  TrainingEngine,
} from "../engine/engine.js";
import { outOfMemory } from "../engine/out-of-memory.js";
import { trainerError } from "../errors.js";
import type { TrainingPlan } from "../plan.js";
import { type NamedTensor, requireStateTensor, stateTensors } from "../state.js";
import { inTermsOfState } from "../state-graph.js";
import { stepGraph } from "./step-graph.js";

export interface WebgpuEngineOptions {
  /** A device of a browser, of npm's `webgpu` or of Deno. */
  readonly device: GPUDevice;
  /** Whether the device ends with the engine. Default: false. */
  readonly ownsDevice?: boolean;
  readonly description: EngineDescription;
  /** For a GPU: the tiles that suit it, measured where there is none yet. Default: those that suit most. */
  readonly tiles?: TileStore | undefined;
}

/** A graph that is compiled for batches of one size. */
interface CompiledGraph {
  readonly run: Program["run"];
  release(): Promise<void>;
}

/** @throws FleuronError "out-of-memory" where the device has no room for the state. */
export async function createWebgpuEngine(
  plan: TrainingPlan,
  { device, ownsDevice = false, description, tiles }: WebgpuEngineOptions,
): Promise<TrainingEngine> {
  const network = networkOf(plan.network);
  const graphs = { step: stepGraph(plan), predict: inTermsOfState(network.inferenceGraph(), network) };
  const shapes = stateTensors(plan).map(({ name, shape }) => [name, shape] as const);
  const state = await DeviceVariables.create(device, shapes).catch((cause) => {
    throw outOfMemory(cause) ?? cause;
  });
  return new WebgpuEngine(plan, { graphs, state, ownsDevice, description, tiles });
}

interface EngineParts {
  readonly graphs: { readonly step: Graph; readonly predict: Graph };
  readonly state: DeviceVariables;
  readonly ownsDevice: boolean;
  readonly description: EngineDescription;
  readonly tiles: TileStore | undefined;
}

class WebgpuEngine implements TrainingEngine {
  readonly description: EngineDescription;
  readonly #plan: TrainingPlan;
  readonly #classes: number;
  readonly #state: DeviceVariables;
  readonly #ownsDevice: boolean;
  readonly #tiles: TileStore | undefined;
  readonly #step: BatchSessions<CompiledGraph>;
  readonly #predict: BatchSessions<CompiledGraph>;
  readonly #calls = new SerialQueue();
  /** Why the device is lost, once it is. */
  #lost: string | undefined;

  constructor(plan: TrainingPlan, { graphs, state, ownsDevice, description, tiles }: EngineParts) {
    this.description = description;
    this.#plan = plan;
    this.#classes = networkOf(plan.network).classes;
    this.#state = state;
    this.#ownsDevice = ownsDevice;
    this.#tiles = tiles;
    this.#step = this.#compiled(graphs.step, ["loss", "correctCount"]);
    this.#predict = this.#compiled(graphs.predict, ["logits"]);
    void state.device.lost.then(({ message, reason }) => {
      this.#lost = message || reason;
    });
  }

  step(batch: Batch, { learningRate }: Hyperparameters): Promise<StepMetrics> {
    return this.#inOrder(batch.size, async () => {
      const { run } = await this.#step.get(batch.size);
      const results = await run({
        ...batch.dropoutMasks,
        image: batch.images,
        targets: batch.targets,
        sampleWeights: batch.sampleWeights,
        normalizer: Float32Array.of(batch.normalizer),
        learningRate: Float32Array.of(learningRate),
      });
      const number = (name: string) => results.get(name)![0]!;
      return { loss: number("loss"), correctCount: number("correctCount") };
    });
  }

  predict({ size, images }: ImageBatch): Promise<Logits> {
    return this.#inOrder(size, async () => {
      const { run } = await this.#predict.get(size);
      return { data: (await run({ image: images })).get("logits")!, classes: this.#classes };
    });
  }

  async *read(names?: readonly string[]): AsyncGenerator<NamedTensor> {
    await this.#calls.idle();
    for (const { name, shape } of stateTensors(this.#plan)) {
      if (names && !names.includes(name)) continue;
      yield { name, shape, data: await this.#inOrder(undefined, () => this.#state.read(name)) };
    }
  }

  async write(tensors: AsyncIterable<NamedTensor>): Promise<void> {
    await this.#calls.idle();
    for await (const tensor of tensors) {
      requireStateTensor(this.#plan, tensor);
      await this.#inOrder(undefined, async () => this.#state.write(tensor.name, tensor.data));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#calls.idle();
    for (const programs of [this.#step, this.#predict]) await programs.release();
    this.#state.destroy();
    if (this.#ownsDevice) this.#state.device.destroy();
  }

  /** Does `work` after everything asked for before; a failure does not stop what comes after. */
  #inOrder<Result>(size: number | undefined, work: () => Promise<Result>): Promise<Result> {
    const onDevice = () => {
      if (this.#lost !== undefined) throw this.#lostError();
      return work();
    };
    return this.#calls.add(onDevice).catch((cause) => {
      if (this.#lost !== undefined) throw this.#lostError(cause);
      throw outOfMemory(cause, size) ?? limitError(cause) ?? cause;
    });
  }

  #lostError(cause?: unknown) {
    return trainerError("device-lost", `The GPU was lost while it computed: ${this.#lost}`, {
      subject: this.description.engine,
      hint: "Resume the run: it goes on from its last checkpoint.",
      cause,
    });
  }

  #compiled(graph: Graph, outputs: readonly string[]): BatchSessions<CompiledGraph> {
    return new BatchSessions(async (batch) => {
      const bound = bindDimensions(graph, { batch });
      const products = this.#tiles && (await tunedProducts(this.#state.device, bound, this.#tiles));
      const program = await compileProgram(bound, this.#state, { outputs, products });
      return { run: (feeds) => program.run(feeds), release: async () => program.destroy() };
    });
  }
}

function limitError(cause: unknown) {
  if (!(cause instanceof FleuronError) || cause.code !== "device-limit") return undefined;
  return trainerError("device-limit", cause.message, {
    subject: "engine",
    hint: "Use `engine` onnx-cpu, a smaller `width`, or another GPU.",
    cause,
  });
}
