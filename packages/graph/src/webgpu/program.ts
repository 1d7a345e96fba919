// A graph on a device: compiled once, then run with uploads of the inputs, one wait, and one submission where the device is fast.

import { invalid } from "../invalid.js";
import type { Graph } from "../types.js";
import { usualForm } from "./adapter.js";
import type { BoundKernel, KernelLimits } from "./bind.js";
import { BYTES, createBuffers, createReadback, downloaded, pipelineOf } from "./gpu.js";
import type { ChooseForm } from "./lowering.js";
import { Pace, type Work } from "./pace.js";
import { type Place, type Room, sideBySide } from "./places.js";
import { type ProgramPlan, planProgram } from "./plan.js";
import type { DeviceVariables } from "./variables.js";

export interface ProgramOptions {
  /** The outputs that come back, by name. Default: all. What only others need is not computed. */
  readonly outputs?: readonly string[];
  /** What kernels may make use of, where that is to be less than the device allows. */
  readonly limits?: Partial<KernelLimits>;
  /** The form of each product. Default: tiles on a GPU, blocks where a processor plays one. */
  readonly products?: ChooseForm | undefined;
}

/** A kernel that is ready to run. */
interface Dispatch extends Work {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly workgroups: readonly [number, number];
}

/**
 * Compiles a graph whose variables lie on a device.
 * @throws FleuronError "graph-invalid" for an output or a variable that is none, or a variable of another size; "device-limit"
 * and "device-memory" for what the device is too small for.
 */
export async function compileProgram(
  graph: Graph<number>,
  variables: DeviceVariables,
  options: ProgramOptions = {},
): Promise<Program> {
  const { device } = variables;
  const { maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage, maxComputeWorkgroupsPerDimension } =
    device.limits;
  const plan = planProgram(graph, {
    outputs: options.outputs,
    placeOfVariable: (name) => variables.placeOf(name),
    limits: {
      maxStorageBufferBindingSize,
      maxStorageBuffersPerShaderStage,
      maxComputeWorkgroupsPerDimension,
      ...options.limits,
    },
    products: options.products ?? usualForm(device.adapterInfo),
  });
  const isVariable = (room: Room) => variables.bufferOf(room) !== undefined;
  const buffers = await createBuffers(device, new Set(roomsOf(plan).filter((room) => !isVariable(room))));
  const bufferOf = (room: Room) => variables.bufferOf(room) ?? buffers.get(room)!;
  for (const { place, values } of plan.constants) {
    const { room, offset } = place;
    device.queue.writeBuffer(bufferOf(room), offset * BYTES, Float32Array.from(values));
  }
  try {
    const dispatches = await Promise.all(plan.kernels.map((kernel) => dispatchOf(device, kernel, bufferOf)));
    return new Program(device, plan, dispatches, bufferOf, [...buffers.values()]);
  } catch (error) {
    for (const buffer of buffers.values()) buffer.destroy();
    throw error;
  }
}

const roomsOf = ({ inputs, constants, kernels, outputs, updates }: ProgramPlan): readonly Room[] => [
  ...[...inputs.values(), ...outputs.values(), ...updates.map(({ from }) => from)].map(({ room }) => room),
  ...constants.map(({ place }) => place.room),
  ...kernels.flatMap(({ bindings }) => bindings.map(({ room }) => room)),
];

async function dispatchOf(
  device: GPUDevice,
  { label, code, bindings, workgroups, operations }: BoundKernel,
  bufferOf: (room: Room) => GPUBuffer,
): Promise<Dispatch> {
  const pipeline = await pipelineOf(device, label, code);
  const entries = bindings.map(({ room, offset, elements }, binding) => ({
    binding,
    resource: { buffer: bufferOf(room), offset: offset * BYTES, size: elements * BYTES },
  }));
  const layout = pipeline.getBindGroupLayout(0);
  const group = device.createBindGroup({ label, layout, entries });
  return { pipeline, bindings: group, workgroups, operations };
}

/** What `compileProgram` makes. */
export class Program {
  readonly #device: GPUDevice;
  readonly #plan: ProgramPlan;
  readonly #dispatches: readonly Dispatch[];
  readonly #bufferOf: (room: Room) => GPUBuffer;
  readonly #buffers: readonly GPUBuffer[];
  /** Where outputs come down. */
  readonly #results: ReadonlyMap<string, Place>;
  readonly #readback: GPUBuffer;
  readonly #pace: Pace<Dispatch>;

  constructor(
    device: GPUDevice,
    plan: ProgramPlan,
    dispatches: readonly Dispatch[],
    bufferOf: (room: Room) => GPUBuffer,
    buffers: readonly GPUBuffer[],
  ) {
    this.#device = device;
    this.#plan = plan;
    this.#dispatches = dispatches;
    this.#bufferOf = bufferOf;
    this.#results = sideBySide(
      "results",
      [...plan.outputs].map(([name, { elements }]) => [name, elements] as const),
    );
    this.#readback = createReadback(device, sizeOfRoom(this.#results));
    this.#buffers = [...buffers, this.#readback];
    this.#pace = new Pace(dispatches);
  }

  /** Kernels of one run. */
  get dispatches(): number {
    return this.#dispatches.length;
  }

  /** Memory on the device, that of the variables aside. */
  get bytes(): number {
    return this.#buffers.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Runs the graph on the inputs and updates its variables. Not to be called again before it has resolved.
   * @throws FleuronError "graph-invalid" for an input that is missing or of another length.
   */
  async run(
    feeds: Readonly<Record<string, Float32Array>>,
  ): Promise<ReadonlyMap<string, Float32Array<ArrayBuffer>>> {
    const start = performance.now();
    this.#upload(feeds);
    this.#submit();
    const results = await downloaded(this.#readback);
    this.#pace.took(performance.now() - start);
    return new Map(
      [...this.#results].map(([name, { offset, elements }]) => [
        name,
        results.slice(offset, offset + elements),
      ]),
    );
  }

  /** Milliseconds of a run, of so many in a row without a wait between them, on the inputs that were fed last. */
  async time(runs: number): Promise<number> {
    const start = performance.now();
    for (let run = 0; run < runs; run++) this.#submit();
    await this.#device.queue.onSubmittedWorkDone();
    return (performance.now() - start) / runs;
  }

  /** Gives its memory back; the variables stay. */
  destroy(): void {
    for (const buffer of this.#buffers) buffer.destroy();
  }

  #upload(feeds: Readonly<Record<string, Float32Array>>): void {
    for (const [name, { room, offset, elements }] of this.#plan.inputs) {
      const feed = feeds[name];
      if (feed?.length !== elements) {
        const what = feed ? `was fed ${feed.length} elements and has ${elements}` : "was not fed";
        throw invalid(name, `run: '${name}' ${what}.`);
      }
      this.#device.queue.writeBuffer(this.#bufferOf(room), offset * BYTES, feed as Float32Array<ArrayBuffer>);
    }
  }

  #submit(): void {
    const submissions = this.#pace.submissions;
    for (const dispatches of submissions) {
      const encoder = this.#device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (const { pipeline, bindings, workgroups } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(...workgroups);
      }
      pass.end();
      if (dispatches === submissions.at(-1)) this.#copyResults(encoder);
      this.#device.queue.submit([encoder.finish()]);
    }
  }

  #copyResults(encoder: GPUCommandEncoder): void {
    const copy = (from: Place, to: GPUBuffer, offset: number) =>
      encoder.copyBufferToBuffer(
        this.#bufferOf(from.room),
        from.offset * BYTES,
        to,
        offset * BYTES,
        from.elements * BYTES,
      );
    for (const [name, from] of this.#plan.outputs)
      copy(from, this.#readback, this.#results.get(name)!.offset);
    for (const { from, to } of this.#plan.updates) copy(from, this.#bufferOf(to.room), to.offset);
  }
}

/** Elements of the room that tensors lie in side by side. */
const sizeOfRoom = (places: ReadonlyMap<string, Place>): number =>
  [...places.values()].reduce((size, { room }) => Math.max(size, room.elements), 0);
