import { createImage, type RgbImage, randomStream } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { eigenvectors, type Matrix3, type Rgb } from "./eigenvectors.js";
import { ColourMeter } from "./photo-colours.js";

const dot = (a: Rgb, b: Rgb) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const times = (matrix: Matrix3, vector: Rgb) => matrix.map((row) => dot(row, vector));

describe("eigenvectors", () => {
  const random = (index: number): Matrix3 => {
    const stream = randomStream(1, "draw", 0, index);
    const row = (): [number, number, number] => [stream.normal(), stream.normal(), stream.normal()];
    const [[a, b, c], [d, e, f]] = [row(), row()];
    return [
      [a, b, c],
      [b, d, e],
      [c, e, f],
    ];
  };

  it("solve A v = λ v, have length 1 and stand at right angles, the largest value first", () => {
    for (let index = 0; index < 50; index++) {
      const matrix = random(index);
      const pairs = eigenvectors(matrix);
      for (const { value, vector } of pairs) {
        expect(times(matrix, vector)).toEqual(vector.map((element) => expect.closeTo(value * element, 10)));
        expect(dot(vector, vector)).toBeCloseTo(1, 12);
        expect(Math.max(...vector)).toBe(Math.max(...vector.map(Math.abs)));
      }
      expect(dot(pairs[0]!.vector, pairs[1]!.vector)).toBeCloseTo(0, 12);
      expect(pairs.map(({ value }) => value)).toEqual(pairs.map(({ value }) => value).sort((a, b) => b - a));
    }
  });

  it("take matrices that are diagonal already", () => {
    const values = eigenvectors([
      [1, 0, 0],
      [0, 3, 0],
      [0, 0, 2],
    ]);
    expect(values.map(({ value }) => value)).toEqual([3, 2, 1]);
    expect(values.map(({ vector }) => vector)).toEqual([
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });
});

describe("ColourMeter", () => {
  const coloursOf = (...images: readonly RgbImage[]) => {
    const meter = new ColourMeter();
    for (const image of images) meter.add(image);
    return meter.colours;
  };

  it("finds mean, direction and variance of colours on a line", () => {
    const image = createImage(2, 1);
    image.data.set([10, 100, 50, 70, 100, 130]);
    const { mean, components } = coloursOf(image);
    expect(mean).toEqual([40, 100, 90].map((level) => expect.closeTo(level / 255, 12)));
    // Two pixels at ±(30, 0, 40), 50 levels from the mean.
    expect(components[0]!.variance).toBeCloseTo((50 / 255) ** 2, 12);
    expect(components[0]!.direction).toEqual([0.6, 0, 0.8].map((value) => expect.closeTo(value, 12)));
    expect(components[1]!.variance).toBeCloseTo(0, 12);
    expect(components[2]!.variance).toBeCloseTo(0, 12);
  });

  it("weighs photos by their pixels, in whatever order, to the last bit", () => {
    const photos = [drawFlower({ seed: 1 }), drawFlower({ seed: 2, width: 31 }), drawFlower({ seed: 3 })];
    expect(coloursOf(photos[2]!, photos[0]!, photos[1]!)).toEqual(coloursOf(...photos));
    const sums = [0, 0, 0];
    let pixels = 0;
    for (const { data } of photos) {
      for (let at = 0; at < data.length; at++) sums[at % 3]! += data[at]! / 255;
      pixels += data.length / 3;
    }
    expect(coloursOf(...photos).mean).toEqual(sums.map((sum) => expect.closeTo(sum / pixels, 10)));
  });
});
