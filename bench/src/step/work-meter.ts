// Counts what is asked of WebGPU, by whichever library asks: its methods are wrapped.

/** What a contender asked for. */
export interface Work {
  dispatches: number;
  /** Bytes of the buffers that it has now, and the most that it had at once. */
  bytes: number;
  peakBytes: number;
}

export const noWork = (): Work => ({ dispatches: 0, bytes: 0, peakBytes: 0 });

/** The classes of WebGPU, as browsers and npm's `webgpu` have them. */
export interface GpuClasses {
  readonly GPUDevice: { readonly prototype: Pick<GPUDevice, "createBuffer"> };
  readonly GPUBuffer: { readonly prototype: Pick<GPUBuffer, "destroy"> };
  readonly GPUComputePassEncoder: {
    readonly prototype: Pick<GPUComputePassEncoder, "dispatchWorkgroups">;
  };
}

export class WorkMeter {
  #current = noWork();
  readonly #owners = new WeakMap<object, { readonly work: Work; readonly size: number }>();

  constructor({ GPUDevice, GPUBuffer, GPUComputePassEncoder }: GpuClasses) {
    const meter = this;
    const { createBuffer } = GPUDevice.prototype;
    GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      meter.#created(buffer, descriptor.size);
      return buffer;
    };
    const { destroy } = GPUBuffer.prototype;
    GPUBuffer.prototype.destroy = function (this: GPUBuffer) {
      meter.#destroyed(this);
      destroy.call(this);
    };
    const { dispatchWorkgroups } = GPUComputePassEncoder.prototype;
    GPUComputePassEncoder.prototype.dispatchWorkgroups = function (this: GPUComputePassEncoder, ...counts) {
      meter.#current.dispatches++;
      dispatchWorkgroups.apply(this, counts);
    };
  }

  /** Adds to `work` what is asked for until `doing` has resolved. */
  async count<Result>(work: Work, doing: () => Promise<Result>): Promise<Result> {
    this.#current = work;
    try {
      return await doing();
    } finally {
      this.#current = noWork();
    }
  }

  #created(buffer: object, size: number): void {
    const work = this.#current;
    this.#owners.set(buffer, { work, size });
    work.bytes += size;
    work.peakBytes = Math.max(work.peakBytes, work.bytes);
  }

  #destroyed(buffer: object): void {
    const owner = this.#owners.get(buffer);
    if (owner === undefined) return;
    owner.work.bytes -= owner.size;
    this.#owners.delete(buffer);
  }
}
