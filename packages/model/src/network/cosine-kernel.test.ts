import { describe, expect, it } from "vitest";
import { fillCosines } from "./cosine-kernel.js";
import { initialise } from "./initialisation.js";

const [height, width] = [4, 5];
const size = 3 * height * width;

function filtersOf(count: number): readonly Float32Array[] {
  const values = new Float32Array(count * size);
  fillCosines(values, [count, 3, height, width]);
  return Array.from({ length: count }, (_, filter) => values.subarray(filter * size, (filter + 1) * size));
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

describe("a kernel of cosine waves", () => {
  it("has each wave in both signs, all √2 long and at right angles", () => {
    const filters = filtersOf(2 * size);
    for (let wave = 0; wave < size; wave++) {
      const [plus, minus] = [filters[2 * wave]!, filters[2 * wave + 1]!];
      expect(minus).toEqual(plus.map((value) => -value));
    }
    const waves = filters.filter((_, filter) => filter % 2 === 0);
    for (const [row, a] of waves.entries())
      for (const [column, b] of waves.entries()) expect(dot(a, b)).toBeCloseTo(row === column ? 2 : 0, 6);
  });

  it("begins with brightness, blue against yellow, a slope, green against magenta, and the other slope", () => {
    const waves = filtersOf(10).filter((_, filter) => filter % 2 === 0);
    const plane = height * width;
    const at = (wave: Float32Array, colour: number, row: number, column: number) =>
      wave[colour * plane + row * width + column]!;
    const colours = (wave: Float32Array, row: number, column: number) =>
      [0, 1, 2].map((colour) => at(wave, colour, row, column));
    const near = (...values: readonly number[]) => values.map((value) => expect.closeTo(value, 6));
    const constant = Math.sqrt(2 / plane);
    const [even, halves, sixths] = [constant / Math.sqrt(3), constant / Math.SQRT2, constant / Math.sqrt(6)];
    const [brightness, blue, across, green, down] = waves as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (const [row, column] of [
      [0, 0],
      [3, 4],
    ] as const) {
      expect(colours(brightness, row, column)).toEqual(near(even, even, even));
      expect(colours(blue, row, column)).toEqual(near(halves, 0, -halves));
      expect(colours(green, row, column)).toEqual(near(sixths, -2 * sixths, sixths));
    }
    const slope = Math.sqrt(2) * even * Math.cos(Math.PI / 10);
    expect(colours(across, 0, 0)).toEqual(near(slope, slope, slope));
    expect([0, 3].map((row) => at(across, 1, row, 4))).toEqual(near(-slope, -slope));
    const steeper = Math.sqrt(2) * even * Math.cos(Math.PI / 8);
    expect(colours(down, 0, 4)).toEqual(near(steeper, steeper, steeper));
    expect([0, 4].map((column) => at(down, 2, 3, column))).toEqual(near(-steeper, -steeper));
  });

  it("is the same for fewer filters, as far as they go, and has no more than there are waves", () => {
    const all = filtersOf(2 * size + 3);
    expect(filtersOf(7)).toEqual(all.slice(0, 7));
    for (const beyond of all.slice(2 * size)) expect([...beyond]).toEqual(Array(size).fill(0));
  });

  it("is what `cosines` gives a kernel over three colours; others are drawn as by `heNormal`", () => {
    const { initialisation, parameter } = {
      initialisation: (type: "cosines" | "heNormal") =>
        ({ conv2dKernel: { type }, denseKernel: { type }, bias: { type: "constant", value: 0 } }) as const,
      parameter: (channels: number, filters: number) =>
        ({
          name: "conv1/kernel",
          kind: "kernel",
          fewestBits: 8,
          start: "conv2dKernel",
          shape: [filters, channels, height, width],
          fanIn: channels * height * width,
          fanOut: filters * height * width,
          trainable: true,
          decays: true,
        }) as const,
    };
    const of = (type: "cosines" | "heNormal", channels: number, filters = 6) =>
      initialise(parameter(channels, filters), 0, initialisation(type), 5);
    expect(of("cosines", 3)).toEqual(Float32Array.from(filtersOf(6).flatMap((filter) => [...filter])));
    expect(of("cosines", 4)).toEqual(of("heNormal", 4));
    const beyond = 2 * size * size;
    expect(of("cosines", 3, 2 * size + 2).subarray(beyond)).toEqual(
      of("heNormal", 3, 2 * size + 2).subarray(beyond),
    );
  });
});
