import { describe, expect, it } from "vitest";
import { noWork, WorkMeter } from "./work-meter.js";

/** Classes that note what reaches them. */
function fakeClasses() {
  const seen: string[] = [];
  class GPUBuffer {
    constructor(readonly size: number) {}
    destroy() {
      seen.push(`destroy ${this.size}`);
    }
  }
  class GPUDevice {
    createBuffer({ size }: { readonly size: number }) {
      return new GPUBuffer(size);
    }
  }
  class GPUComputePassEncoder {
    dispatchWorkgroups(...counts: readonly number[]) {
      seen.push(`dispatch ${counts.join("×")}`);
    }
  }
  return { seen, GPUBuffer, GPUDevice, GPUComputePassEncoder };
}

function meterOfFakes() {
  const { seen, ...classes } = fakeClasses();
  // What it wraps of them is there.
  const meter = new WorkMeter(classes as unknown as ConstructorParameters<typeof WorkMeter>[0]);
  return { seen, meter, device: new classes.GPUDevice(), pass: new classes.GPUComputePassEncoder() };
}

describe("the work that is asked of WebGPU", () => {
  it("is counted and done", async () => {
    const { seen, meter, device, pass } = meterOfFakes();
    const work = noWork();
    const buffer = await meter.count(work, async () => {
      pass.dispatchWorkgroups(2, 3);
      pass.dispatchWorkgroups(4);
      return device.createBuffer({ size: 8 });
    });
    buffer.destroy();
    expect(work).toEqual({ dispatches: 2, bytes: 0, peakBytes: 8 });
    expect(seen).toEqual(["dispatch 2×3", "dispatch 4", "destroy 8"]);
  });

  it("is the most bytes at once, and a buffer is given back once", async () => {
    const { meter, device } = meterOfFakes();
    const work = noWork();
    await meter.count(work, async () => {
      const first = device.createBuffer({ size: 10 });
      device.createBuffer({ size: 5 });
      first.destroy();
      first.destroy();
      device.createBuffer({ size: 7 });
    });
    expect(work).toMatchObject({ bytes: 12, peakBytes: 15 });
  });

  it("is that of the one who asks, also where another gives a buffer back", async () => {
    const { meter, device, pass } = meterOfFakes();
    const [one, other] = [noWork(), noWork()];
    const buffer = await meter.count(one, async () => device.createBuffer({ size: 10 }));
    pass.dispatchWorkgroups(1);
    await meter.count(other, async () => {
      pass.dispatchWorkgroups(1);
      buffer.destroy();
    });
    expect(one).toEqual({ dispatches: 0, bytes: 0, peakBytes: 10 });
    expect(other).toEqual({ dispatches: 1, bytes: 0, peakBytes: 0 });
  });

  it("ends with what fails", async () => {
    const { meter, pass } = meterOfFakes();
    const work = noWork();
    await expect(meter.count(work, () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
    pass.dispatchWorkgroups(1);
    expect(work.dispatches).toBe(0);
  });
});
