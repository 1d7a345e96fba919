import { describe, expect, it } from "vitest";
import { fillDropoutMask } from "./dropout-mask.js";
import { permutation } from "./permutation.js";
import { philox4x32 } from "./philox.js";
import { RANDOM_PURPOSES, type RandomPurpose } from "./purposes.js";
import { type RandomStream, randomStream } from "./stream.js";

const COUNT = 200_000;

function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  const mean = sum / values.length;
  return { mean, variance: squares / values.length - mean * mean };
}

function draw(count: number, next: () => number): Float64Array {
  return Float64Array.from({ length: count }, next);
}

function words(stream: RandomStream): readonly number[] {
  return Array.from({ length: 9 }, () => stream.word());
}

describe("philox4x32", () => {
  const ones = 0xffffffff;
  it.each([
    [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [[ones, ones, ones, ones], [ones, ones], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      "d16cfe09 94fdcceb 5001e420 24126ea1",
    ],
  ])("gives Random123's known answer for counter %j and key %j", (counter, key, expected) => {
    const [a, b, c, d] = counter as [number, number, number, number];
    const [k0, k1] = key as [number, number];
    const out = new Uint32Array(4);
    philox4x32(a, b, c, d, k0, k1, out);
    expect([...out].map((word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(expected);
  });

  it("multiplies exactly: rounds in BigInt arithmetic give the same words", () => {
    const stream = randomStream(5, "sample", 0, 0);
    const out = new Uint32Array(4);
    for (let trial = 0; trial < 500; trial++) {
      const input = Array.from({ length: 6 }, () => stream.word());
      const [c0, c1, c2, c3, k0, k1] = input as [number, number, number, number, number, number];
      philox4x32(c0, c1, c2, c3, k0, k1, out);
      expect([...out]).toEqual(philoxInBigInt(input));
    }
  });
});

function philoxInBigInt(input: readonly number[]): number[] {
  let [c0, c1, c2, c3, k0, k1] = input.map(BigInt) as [bigint, bigint, bigint, bigint, bigint, bigint];
  const mask = 0xffffffffn;
  for (let round = 0; round < 10; round++) {
    const product0 = 0xd2511f53n * c0;
    const product1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [
      (product1 >> 32n) ^ c1 ^ k0,
      product1 & mask,
      (product0 >> 32n) ^ c3 ^ k1,
      product0 & mask,
    ];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [c0, c1, c2, c3].map(Number);
}

describe("randomStream", () => {
  it("puts the seed in the key and block, index, epoch, purpose in the counter", () => {
    const stream = randomStream(2 ** 40 + 7, "augment", 3, 11);
    const expected = new Uint32Array(4);
    for (let block = 0; block < 3; block++) {
      philox4x32(block, 11, 3, RANDOM_PURPOSES.augment, 7, 2 ** 8, expected);
      for (const word of expected) expect(stream.word()).toBe(word);
    }
  });

  it("repeats at the same address, whatever was drawn elsewhere in between", () => {
    const first = randomStream(1, "augment", 2, 3);
    const other = randomStream(1, "augment", 2, 4);
    const expected = words(randomStream(1, "augment", 2, 3));
    const interleaved = Array.from({ length: 9 }, () => {
      other.normal();
      return first.word();
    });
    expect(interleaved).toEqual(expected);
  });

  it("differs as soon as seed, purpose, epoch or index differs", () => {
    const addresses: readonly (readonly [number, RandomPurpose, number, number])[] = [
      [1, "augment", 2, 3],
      [-1, "augment", 2, 3],
      [1 + 2 ** 32, "augment", 2, 3],
      [Number.MAX_SAFE_INTEGER, "augment", 2, 3],
      [Number.MIN_SAFE_INTEGER, "augment", 2, 3],
      [1, "dropoutMask", 2, 3],
      [1, "augment", 3, 3],
      [1, "augment", 2, 4],
      [1, "augment", 3, 2],
    ];
    const seen = new Set(addresses.flatMap((address) => words(randomStream(...address))));
    expect(seen.size).toBe(addresses.length * 9);
  });

  it("gives every purpose a number of its own", () => {
    const numbers = Object.values(RANDOM_PURPOSES);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each([
    ["seed", () => randomStream(0.5, "mix", 0, 0)],
    ["epoch", () => randomStream(0, "mix", -1, 0)],
    ["index", () => randomStream(0, "mix", 0, 2 ** 32)],
    ["integer", () => randomStream(0, "mix", 0, 0).integer(0)],
    ["Beta", () => randomStream(0, "mix", 0, 0).beta(0, 1)],
    ["keep rate", () => fillDropoutMask(randomStream(0, "mix", 0, 0), new Float32Array(1), 0)],
  ])("rejects an invalid %s by name", (name, make) => {
    expect(make).toThrow(
      expect.objectContaining({ code: "random-invalid", message: expect.stringContaining(name) }),
    );
  });
});

describe("distributions", () => {
  it("uniform stays in [0, 1) with mean 1/2 and variance 1/12", () => {
    const stream = randomStream(1, "sample", 0, 0);
    const values = draw(COUNT, () => stream.uniform());
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(moments(values).mean).toBeCloseTo(1 / 2, 2);
    expect(moments(values).variance).toBeCloseTo(1 / 12, 2);
  });

  it("uniformIn and fillUniform cover their range", () => {
    const stream = randomStream(1, "sample", 0, 0);
    const filled = new Float32Array(COUNT);
    stream.fillUniform(filled, -3, 5);
    for (const values of [draw(COUNT, () => stream.uniformIn(-3, 5)), filled]) {
      expect(values.every((value) => value >= -3 && value <= 5)).toBe(true);
      expect(moments(values).mean).toBeCloseTo(1, 1);
      expect(moments(values).variance / (64 / 12)).toBeCloseTo(1, 1);
    }
  });

  it("integer gives every value its share", () => {
    const stream = randomStream(1, "sample", 0, 0);
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i++) counts[stream.integer(7)]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.5); // 0.999 quantile of chi-square with 6 degrees of freedom
  });

  it("integer is unbiased where a plain remainder is not", () => {
    const stream = randomStream(1, "sample", 0, 0);
    const third = 2 ** 30;
    let below = 0;
    for (let i = 0; i < 30_000; i++) if (stream.integer(3 * third) < third) below++;
    expect(below / 30_000).toBeCloseTo(1 / 3, 1); // word % count would give 1/2
  });

  it("normal has the moments and the tails of N(0, 1)", () => {
    const stream = randomStream(1, "sample", 0, 0);
    const values = draw(COUNT, () => stream.normal());
    expect(moments(values).mean).toBeCloseTo(0, 2);
    expect(moments(values).variance).toBeCloseTo(1, 1);
    expect(values.filter((value) => Math.abs(value) < 1).length / COUNT).toBeCloseTo(0.6827, 2);
    expect((values.filter((value) => value > 3).length / COUNT) * 1000).toBeCloseTo(1.35, 0);
    expect(moments(values.map((value, i) => value * values[(i + 1) % COUNT]!)).mean).toBeCloseTo(0, 2);
  });

  it("fillNormal shifts and scales, and repeats", () => {
    const values = new Float32Array(COUNT);
    const again = new Float32Array(COUNT);
    randomStream(1, "initialise", 0, 0).fillNormal(values, 2, 0.01);
    randomStream(1, "initialise", 0, 0).fillNormal(again, 2, 0.01);
    expect(values).toEqual(again);
    expect(moments(values).mean).toBeCloseTo(2, 3);
    expect(Math.sqrt(moments(values.map((value) => value - 2)).variance)).toBeCloseTo(0.01, 4);
  });

  it.each([
    [1, 1],
    [0.2, 0.2],
    [2, 5],
    [0.5, 3],
    [40, 30],
  ])("beta(%d, %d) has the mean and variance of the distribution", (a, b) => {
    const stream = randomStream(1, "mix", 0, 0);
    const values = draw(COUNT, () => stream.beta(a, b));
    const variance = (a * b) / ((a + b) ** 2 * (a + b + 1));
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(moments(values).mean).toBeCloseTo(a / (a + b), 2);
    expect(moments(values).variance / variance).toBeCloseTo(1, 1);
  });

  it("beta survives tiny parameters, where it is nearly a coin", () => {
    const stream = randomStream(1, "mix", 0, 0);
    const values = draw(2000, () => stream.beta(1e-4, 1e-4));
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(moments(values).mean).toBeCloseTo(1 / 2, 1);
  });
});

describe("permutation", () => {
  it("holds every index once and repeats", () => {
    const order = permutation(randomStream(1, "shuffle", 4, 0), 1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(permutation(randomStream(1, "shuffle", 4, 0), 1000)).toEqual(order);
    expect(permutation(randomStream(1, "shuffle", 5, 0), 1000)).not.toEqual(order);
  });

  it("gives all 24 orders of four things equal chances", () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = permutation(randomStream(1, "shuffle", 0, i), 4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(24);
    expect(chiSquare).toBeLessThan(49.7); // 0.999 quantile of chi-square with 23 degrees of freedom
  });
});

describe("fillDropoutMask", () => {
  it.each([0.5, 0.9, 0.1])("keeps the share %d and holds nothing but 0 and its reciprocal", (keepRate) => {
    const mask = new Float32Array(COUNT + 1);
    fillDropoutMask(randomStream(1, "dropoutMask", 0, 0), mask, keepRate);
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / keepRate)]));
    expect(mask.filter((value) => value > 0).length / mask.length).toBeCloseTo(keepRate, 2);
  });

  it("keeps everything at rate 1, the last of an odd number too", () => {
    const mask = new Float32Array(11);
    fillDropoutMask(randomStream(1, "dropoutMask", 0, 0), mask, 1);
    expect([...mask]).toEqual(Array(11).fill(1));
  });
});
