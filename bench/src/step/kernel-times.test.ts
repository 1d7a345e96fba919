import { expect, it } from "vitest";
import { kernelTimes } from "./kernel-times.js";

/** A device whose passes take one millisecond more each time: 1, 2, 3 … */
function fakeDevice() {
  const dispatched: string[] = [];
  const written: bigint[] = [];
  let now = 0n;
  const beginComputePass = ({ timestampWrites }: GPUComputePassDescriptor) => {
    let pipeline: { readonly label: string } | undefined;
    return {
      setPipeline(given: { readonly label: string }) {
        pipeline = given;
      },
      setBindGroup() {},
      dispatchWorkgroups(...counts: readonly number[]) {
        dispatched.push(`${pipeline?.label} ${counts.join("×")}`);
      },
      end() {
        written[timestampWrites!.beginningOfPassWriteIndex!] = now;
        now += BigInt(dispatched.length) * 1_000_000n;
        written[timestampWrites!.endOfPassWriteIndex!] = now;
      },
    };
  };
  const createCommandEncoder = () => ({
    beginComputePass,
    finish() {},
    resolveQuerySet() {},
    copyBufferToBuffer() {},
  });
  const device = {
    createCommandEncoder,
    createQuerySet: () => ({ destroy() {} }),
    createBuffer: () => ({
      async mapAsync() {},
      getMappedRange: () => BigUint64Array.from(written).buffer,
      destroy() {},
    }),
    queue: { submit() {} },
  };
  return { dispatched, createCommandEncoder, device: device as unknown as GPUDevice };
}

/** One pass of kernels with those labels. */
async function runOn(device: GPUDevice, labels: readonly string[]): Promise<void> {
  const pass = device.createCommandEncoder().beginComputePass();
  for (const label of labels) {
    pass.setPipeline({ label } as GPUComputePipeline);
    pass.setBindGroup(0, {} as GPUBindGroup);
    pass.dispatchWorkgroups(2, 3);
  }
  pass.end();
}

it("says what the operations of a step take, the longest first", async () => {
  const { device, dispatched, createCommandEncoder } = fakeDevice();
  const labels = ["conv1 conv2d+biasAdd+relu", "46 small kernels", "conv2 conv2d"];
  const times = await kernelTimes(device, () => runOn(device, labels));
  expect(Object.entries(times)).toEqual([
    ["conv2d", 1 + 3],
    ["small kernels", 2],
  ]);
  expect(dispatched).toEqual(labels.map((label) => `${label} 2×3`));
  expect(device.createCommandEncoder).toBe(createCommandEncoder);
});

it("leaves the device as it was where a step fails", async () => {
  const { device, createCommandEncoder } = fakeDevice();
  await expect(kernelTimes(device, () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
  expect(device.createCommandEncoder).toBe(createCommandEncoder);
});
