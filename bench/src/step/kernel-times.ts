// What the kernels of a step take: while it is looked at, each dispatch is a pass of its own between two timestamps.

/** Milliseconds by operation, the longest first. */
export type KernelTimes = Readonly<Record<string, number>>;

// As in the specification: Node has no global objects that hold them.
const [MAP_READ, COPY_SRC, COPY_DST, QUERY_RESOLVE] = [0x01, 0x04, 0x08, 0x200];
/** As many as a set may have. */
const QUERIES = 4096;
const NANOSECONDS = 1e6;

/** @param device one with "timestamp-query". */
export async function kernelTimes(device: GPUDevice, step: () => Promise<unknown>): Promise<KernelTimes> {
  const queries = device.createQuerySet({ type: "timestamp", count: QUERIES });
  const kernels: string[] = [];
  const { createCommandEncoder } = device;
  device.createCommandEncoder = (descriptor) => {
    const encoder = createCommandEncoder.call(device, descriptor);
    const { beginComputePass } = encoder;
    encoder.beginComputePass = () => {
      const begin = (kernel: string) => {
        const first = 2 * (kernels.push(kernel) - 1);
        const timestampWrites = {
          querySet: queries,
          beginningOfPassWriteIndex: first,
          endOfPassWriteIndex: first + 1,
        };
        return beginComputePass.call(encoder, { timestampWrites });
      };
      // What a program calls of a pass.
      return new DividedPass(begin) as unknown as GPUComputePassEncoder;
    };
    return encoder;
  };
  try {
    await step();
  } finally {
    device.createCommandEncoder = createCommandEncoder;
  }
  const times = await resolved(device, queries, 2 * kernels.length);
  queries.destroy();
  const sums = new Map<string, number>();
  kernels.forEach((kernel, index) => {
    const ms = Number(times[2 * index + 1]! - times[2 * index]!) / NANOSECONDS;
    sums.set(kernel, (sums.get(kernel) ?? 0) + ms);
  });
  return Object.fromEntries([...sums].sort(([, a], [, b]) => b - a));
}

/** A compute pass that is several. */
class DividedPass {
  readonly #begin: (kernel: string) => GPUComputePassEncoder;
  #pipeline: GPUComputePipeline | undefined;
  #bindings: GPUBindGroup | undefined;

  constructor(begin: (kernel: string) => GPUComputePassEncoder) {
    this.#begin = begin;
  }

  setPipeline(pipeline: GPUComputePipeline): void {
    this.#pipeline = pipeline;
  }

  setBindGroup(_: number, bindings: GPUBindGroup): void {
    this.#bindings = bindings;
  }

  dispatchWorkgroups(...counts: Parameters<GPUComputePassEncoder["dispatchWorkgroups"]>): void {
    const pass = this.#begin(operationOf(this.#pipeline!.label));
    pass.setPipeline(this.#pipeline!);
    pass.setBindGroup(0, this.#bindings!);
    pass.dispatchWorkgroups(...counts);
    pass.end();
  }

  end(): void {}
}

/** "conv1 conv2d+biasAdd+relu" is a conv2d, "46 small kernels" are small kernels. */
const operationOf = (label: string): string =>
  / small kernels$/.test(label) ? "small kernels" : label.split(" ").at(-1)!.split("+")[0]!;

async function resolved(device: GPUDevice, queries: GPUQuerySet, count: number): Promise<BigUint64Array> {
  const size = count * BigUint64Array.BYTES_PER_ELEMENT;
  const raw = device.createBuffer({ size, usage: QUERY_RESOLVE | COPY_SRC });
  const readback = device.createBuffer({ size, usage: MAP_READ | COPY_DST });
  const encoder = device.createCommandEncoder();
  encoder.resolveQuerySet(queries, 0, count, raw, 0);
  encoder.copyBufferToBuffer(raw, 0, readback, 0, size);
  device.queue.submit([encoder.finish()]);
  await readback.mapAsync(MAP_READ);
  const times = new BigUint64Array(readback.getMappedRange().slice(0));
  for (const buffer of [raw, readback]) buffer.destroy();
  return times;
}
