import { describe, expect, it } from "vitest";
import { compileKernel } from "../../../scripts/compile-kernel.mjs";
import { kernelBytes } from "./kernel-bytes.js";
import { allocateState } from "./state-memory.js";

describe("the update kernel", () => {
  it("is what sgd.wat compiles to", async () => {
    expect(Buffer.from(kernelBytes()).toString("base64")).toBe(
      await compileKernel(new URL("sgd.wat", import.meta.url)),
    );
  });

  it("sums squares over several blocks, and only of the tensor that it is given", () => {
    const { tensors, kernel } = allocateState(
      new Map([
        ["a", [40_001]],
        ["b", [5]],
      ]),
    );
    const [a, b] = [tensors.get("a")!, tensors.get("b")!];
    a.data.fill(0.5);
    b.data.fill(3);
    expect(kernel.sumOfSquares(a.address, a.count)).toBeCloseTo(40_001 / 4, 1);
    expect(kernel.sumOfSquares(b.address, b.count)).toBe(45);
  });
});

describe("the memory of a state", () => {
  it("ends at WebAssembly's 4 GiB, and says what was wanted", () => {
    expect(() => allocateState(new Map([["dense1/kernel", [300_000, 4096]]]))).toThrow(
      expect.objectContaining({
        code: "out-of-memory",
        message: "The weights and the optimiser's state take 4.9 GB; this engine holds 4.3 GB.",
      }),
    );
  });
});
