import { expect, it } from "vitest";
import { isEmulated, usualForm } from "./adapter.js";
import type { ProductSize } from "./kernels/product-form.js";

const adapter = (info: Partial<GPUAdapterInfo>) =>
  ({
    vendor: "",
    architecture: "",
    device: "",
    description: "",
    isFallbackAdapter: false,
    ...info,
  }) as GPUAdapterInfo;

const product = (rows: number, columns: number): ProductSize => ({
  groups: 1,
  rows,
  columns,
  steps: 1000,
  leftBeside: "steps",
  rightBeside: "columns",
});

it.each([
  [adapter({ isFallbackAdapter: true }), true],
  [adapter({ vendor: "google", architecture: "swiftshader" }), true],
  [adapter({ vendor: "mesa", description: "llvmpipe (LLVM 19.1.7, 256 bits)" }), true],
  [adapter({ vendor: "nvidia", device: "NVIDIA A10", description: "550.54.15" }), false],
  [adapter({ vendor: "apple", architecture: "metal-3" }), false],
])("%j: a processor plays the GPU: %j", (info, emulated) => {
  expect(isEmulated(info)).toBe(emulated);
  expect(usualForm(info)(product(256, 5408)) === "blocks").toBe(emulated);
});

it("takes on a GPU tiles that a product fills, and none for a narrow one", () => {
  const form = usualForm(adapter({ vendor: "nvidia" }));
  expect(form(product(96, 96_800))).toMatchObject({ rows: 64, columns: 64 });
  expect(form(product(32, 4096))).toMatchObject({ rows: 32, columns: 64 });
  expect(form(product(32, 5))).toBe("blocks");
});
