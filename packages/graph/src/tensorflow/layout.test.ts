import { describe, expect, it } from "vitest";
import {
  channelsLast,
  inOrder,
  kernelLayout,
  permuted,
  physicalShape,
  plainAxis,
  reducedLayout,
  reshapedLayout,
  rowMajor,
} from "./layout.js";
import { toLayout } from "./permute.js";

const image = channelsLast(["batch", 3, 5, 7]);
const pixels = { lengths: [3, 5, 7], order: [1, 2, 0] };

describe("layouts", () => {
  it("keep images as N,H,W,C and kernels as H,W,I,O", () => {
    expect(physicalShape(image)).toEqual(["batch", 5, 7, 3]);
    expect(physicalShape(kernelLayout([8, 3, 5, 7]))).toEqual([5, 7, 3, 8]);
    expect(physicalShape(channelsLast(["batch", 3]))).toEqual(["batch", 3]);
  });

  it("flatten an image without moving a pixel, and back", () => {
    const flat = reshapedLayout(image, ["batch", 105]);
    expect(flat).toEqual(inOrder(plainAxis("batch"), pixels));
    expect(physicalShape(flat!)).toEqual(["batch", 105]);
    expect(reshapedLayout(flat!, ["batch", 3, 5, 7])).toEqual(image);
  });

  it("are plain again where what was turned has length 1", () => {
    expect(reshapedLayout(channelsLast(["batch", 3, 1, 1]), ["batch", 3])).toEqual(rowMajor(["batch", 3]));
    expect(reshapedLayout(channelsLast(["batch", 1, 5, 7]), ["batch", 35])).toEqual(rowMajor(["batch", 35]));
  });

  it("cannot say what a reshape does that cuts through a turned axis", () => {
    expect(reshapedLayout(image, ["batch", 15, 7])).toBeUndefined();
    expect(reshapedLayout(image, ["batch", 5, 3, 7])).toBeUndefined();
    expect(reshapedLayout(rowMajor([6, 4]), [4, 6])).toBeUndefined();
  });

  it("lose the axes of a sum, or keep them with length 1", () => {
    expect(reducedLayout(image, [2, 3], false)).toEqual(rowMajor(["batch", 3]));
    expect(reducedLayout(image, [0], false)).toEqual(permuted([3, 5, 7], [1, 2, 0]));
    expect(reducedLayout(image, [1], true)).toEqual(channelsLast(["batch", 1, 5, 7]));
  });
});

describe("toLayout", () => {
  const counted = (length: number) => Float32Array.from({ length }, (_, index) => index);

  it("turns a kernel O,I,H,W to H,W,I,O", () => {
    const [outputs, inputs, height, width] = [2, 3, 4, 5];
    const moved = toLayout(counted(120), kernelLayout([outputs, inputs, height, width]));
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) {
        for (let h = 0; h < height; h++) {
          for (let w = 0; w < width; w++) {
            const canonical = ((o * inputs + i) * height + h) * width + w;
            expect(moved[((h * width + w) * inputs + i) * outputs + o]).toBe(canonical);
          }
        }
      }
    }
  });

  it("turns the rows of a dense kernel from C,H,W to H,W,C", () => {
    const layout = inOrder({ lengths: [2, 1, 3], order: [1, 2, 0] }, plainAxis(2));
    expect([...toLayout(counted(12), layout)]).toEqual([0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]);
  });

  it("copies what stays as it is", () => {
    expect(toLayout(counted(6), rowMajor([2, 3]))).toEqual(counted(6));
  });
});
