import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema } from "@fleuron/graph/onnx/schema";
import { describe, expect, it } from "vitest";
import { randomOf } from "../fault.js";
import { mutate } from "./mutate.js";
import { mutateJson } from "./mutate-json.js";
import { mutateOnnx } from "./mutate-onnx.js";

const seeds = Array.from({ length: 300 }, (_, seed) => seed);
const input = Buffer.from("0123456789abcdef".repeat(8));
const text = JSON.stringify({ a: 1, list: [{ b: "two" }, { b: "three" }], c: null });

describe("mutate", () => {
  it("draws the same from the same seed, and leaves its input alone", () => {
    const before = Buffer.from(input);
    const draw = () => seeds.map((seed) => mutate(input, randomOf(seed), [input]).toString("hex"));
    expect(draw()).toEqual(draw());
    expect(input).toEqual(before);
  });

  it("changes, cuts and lengthens, also what is empty", () => {
    const drawn = seeds.map((seed) => mutate(input, randomOf(seed), [input]));
    expect(drawn.filter((each) => !each.equals(input)).length).toBeGreaterThan(250);
    expect(drawn.some(({ length }) => length < input.length)).toBe(true);
    expect(drawn.some(({ length }) => length > input.length)).toBe(true);
    for (const seed of seeds) expect(() => mutate(Buffer.alloc(0), randomOf(seed), [])).not.toThrow();
  });
});

describe("mutateJson", () => {
  it("says something else, in JSON nearly always", () => {
    const drawn = seeds.map((seed) => mutateJson(text, randomOf(seed)));
    expect(new Set(drawn).size).toBeGreaterThan(200);
    const isJson = (each: string) => {
      try {
        JSON.parse(each);
        return true;
      } catch {
        return false;
      }
    };
    expect(drawn.filter(isJson).length).toBeGreaterThan(240);
    expect(drawn.every(isJson)).toBe(false);
  });
});

describe("mutateOnnx", () => {
  it("says something else, in ONNX always", () => {
    const model = create(ModelProtoSchema, {
      opsetImport: [{ version: 18n }],
      graph: {
        node: [{ opType: "Relu", input: ["x"], output: ["y"], attribute: [{ name: "axis", i: 1n }] }],
      },
    });
    const file = Buffer.from(toBinary(ModelProtoSchema, model));
    const drawn = seeds.map((seed) => mutateOnnx(file, randomOf(seed)));
    expect(new Set(drawn.map((each) => each.toString("hex"))).size).toBeGreaterThan(100);
    for (const each of drawn) expect(fromBinary(ModelProtoSchema, each).graph?.node).toHaveLength(1);
  });
});
