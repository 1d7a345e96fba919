import { afterEach, expect, it, vi } from "vitest";
import { measure } from "./measure.js";

afterEach(() => vi.unstubAllGlobals());

/** A page or process whose WebGPU has that adapter. */
const adapterIs = (adapter: object | null) =>
  vi.stubGlobal("navigator", { gpu: { requestAdapter: async () => adapter } });

const info = { vendor: "", architecture: "", device: "", description: "", isFallbackAdapter: false };
const classes = {
  GPUDevice: { prototype: { createBuffer: vi.fn() } },
  GPUBuffer: { prototype: { destroy: vi.fn() } },
  GPUComputePassEncoder: { prototype: { dispatchWorkgroups: vi.fn() } },
};
const options = { contenders: ["fleuron"], classes, steps: 1 } as const;

it("says that there is no adapter", async () => {
  adapterIs(null);
  expect(await measure(options)).toEqual({ status: "not measured", reason: "WebGPU has no adapter here" });
});

it.each([
  ["by its name", { ...info, description: "llvmpipe: Mesa 25" }],
  ["by its own word", { ...info, description: "Some Software", isFallbackAdapter: true }],
])("does not take a processor for a GPU, which it knows %s", async (_, processor) => {
  adapterIs({ info: processor });
  expect(await measure({ ...options, isReal: true })).toEqual({
    status: "not measured",
    reason: `there is no GPU but ${processor.description}`,
  });
});

it("says why a contender could not take the step", async () => {
  const requestDevice = () => Promise.reject(new Error("no device left"));
  adapterIs({ info, limits: {}, features: new Set(), requestDevice });
  expect(await measure(options)).toEqual({ status: "failed", reason: "Error: no device left" });
});
