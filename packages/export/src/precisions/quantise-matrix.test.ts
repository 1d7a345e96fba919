import { randomStream } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { quantiseMatrix } from "./quantise-matrix.js";
import { restore } from "./restore.js";

function normal([height, width]: readonly [number, number], seed = 1) {
  const values = new Float32Array(height * width);
  randomStream(seed, "augment", 0, 0).fillNormal(values, 0, 0.02);
  return values;
}

/** Σ error² ÷ Σ value². */
function relativeError(values: Float32Array, size: readonly [number, number], bits: 4 | 8): number {
  const restored = restore({ type: bits === 4 ? "int4" : "int8", ...quantiseMatrix(values, size, bits) });
  let [error, total] = [0, 0];
  values.forEach((value, at) => {
    error += (value - restored[at]!) ** 2;
    total += value ** 2;
  });
  return error / total;
}

describe.each([
  [4, 0.0125],
  [8, 0.0001],
] as const)("%i bits", (bits, limit) => {
  const size = [700, 90] as const;

  // The best 16 evenly spaced levels of a normal distribution leave 0.0115 (Max 1960, table II).
  it(`leave a normal distribution less than ${limit} of its power as error`, () => {
    expect(relativeError(normal(size), size, bits)).toBeLessThan(limit);
  });

  it("do as well where rows and columns differ in size by orders of magnitude", () => {
    const [height, width] = size;
    const values = normal(size).map(
      (value, at) => value * 10 ** (Math.floor(at / width) % 4) * 10 ** -(at % 5),
    );
    expect(relativeError(values, [height, width], bits)).toBeLessThan(limit);
  });

  it("keep rows and columns of zeros", () => {
    const [height, width] = size;
    const values = normal(size).map((value, at) =>
      Math.floor(at / width) === 3 || at % width === 5 ? 0 : value,
    );
    const restored = restore({
      type: bits === 4 ? "int4" : "int8",
      ...quantiseMatrix(values, [height, width], bits),
    });
    expect(restored.filter((value, at) => values[at] === 0 && value !== 0)).toEqual(new Float32Array(0));
    expect(relativeError(values, [height, width], bits)).toBeLessThan(limit);
  });

  it("keep a matrix of zeros", () => {
    const { integers, rows, columns } = quantiseMatrix(new Float32Array(15), [3, 5], bits);
    expect([...integers, ...rows, ...columns].every((value) => value === 0)).toBe(true);
    expect(integers).toHaveLength(bits === 4 ? 8 : 15);
  });
});

it("restores in 8 bits what has 255 levels", () => {
  const values = Float32Array.from({ length: 255 }, (_, index) => (index - 127) / 64);
  expect(relativeError(values, [255, 1], 8)).toBeLessThan(1e-12);
});

it("clips where a matrix has outliers, if that lowers the error", () => {
  const values = normal([512, 8]);
  for (let j = 0; j < 8; j++) values[j] = 0.1;
  const plain = values.map((value) => Math.round(value / (0.1 / 7)) * (0.1 / 7));
  const squares = (other: Float32Array) =>
    values.reduce((sum, value, at) => sum + (value - other[at]!) ** 2, 0);
  const restored = restore({ type: "int4", ...quantiseMatrix(values, [512, 8], 4) });
  expect(squares(restored)).toBeLessThan(squares(plain) * 0.7);
});
