import { describe, expect, it } from "vitest";
import { GraphBuilder } from "./builder.js";
import { caseGraph, relativeError } from "./fixtures/case-graph.js";
import { operationCases } from "./fixtures/cases.js";
import { gradients } from "./gradients.js";
import { interpret } from "./interpreter/interpret.js";
import { referenceTensor } from "./interpreter/reference-tensor.js";
import { argMax } from "./operations/arg-max.js";
import { multiply } from "./operations/arithmetic.js";
import { cast } from "./operations/cast.js";
import { operations } from "./operations/index.js";
import { power } from "./operations/power.js";
import { reduceSum } from "./operations/sum-and-broadcast.js";

const step = 1e-5;

/** All places of a small tensor, and 60 of a large one, apart by a step that shares no factor with its shape. */
const spread = (length: number): readonly number[] =>
  length <= 60
    ? Array.from({ length }, (_, index) => index)
    : Array.from({ length: 60 }, (_, k) => (k * 7919) % length);

describe("gradients agree with central finite differences in float64", () => {
  const cases = operationCases.filter(({ differentiable }) => differentiable?.length !== 0);

  it.each(cases.map((entry) => [entry.name, entry] as const))("%s", (_, operationCase) => {
    const { graph, feeds, differentiable } = caseGraph(operationCase);
    const { outputs } = interpret(graph, feeds);
    const lossAt = (name: string, index: number, value: number) => {
      const { shape, data } = feeds[name]!;
      const moved = referenceTensor(shape, data);
      moved.data[index] = value;
      return interpret(graph, { ...feeds, [name]: moved }).outputs.get("loss")!.data[0]!;
    };
    for (const input of differentiable) {
      const name = `input${input}`;
      const { data } = feeds[name]!;
      const places = spread(data.length);
      const numeric = places.map(
        (index) =>
          (lossAt(name, index, data[index]! + step) - lossAt(name, index, data[index]! - step)) / (2 * step),
      );
      const derived = outputs.get(`gradient${input}`)!.data;
      expect(
        relativeError(
          places.map((index) => derived[index]!),
          numeric,
        ),
        name,
      ).toBeLessThan(1e-6);
    }
  });
});

describe("gradients", () => {
  it("has a case for every operation", () => {
    const covered = new Set(
      operationCases.flatMap((entry) => caseGraph(entry).graph.nodes.map(({ operation }) => operation)),
    );
    expect(Object.keys(operations).filter((name) => !covered.has(name))).toEqual([]);
  });

  it("has cases whose numbers come from their names, not from the order of the cases", () => {
    const names = operationCases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const { inputs } = operationCases.find(({ name }) => name === "sqrt")!;
    expect(inputs[0]!.data[0]).toBeCloseTo(1.042887, 6);
  });

  it("sums over the ways from a variable to the loss", () => {
    const builder = new GraphBuilder("cube");
    const x = builder.variable("x", []);
    builder.output("gradient", gradients(builder, multiply(multiply(x, x), x), [x])[0]!);
    expect(interpret(builder.build(), { x: referenceTensor([], [3]) }).outputs.get("gradient")!.data[0]).toBe(
      27,
    );
  });

  it("is zero for a variable that the loss does not depend on", () => {
    const builder = new GraphBuilder("apart");
    const [x, y] = [builder.variable("x", [2]), builder.variable("y", [3])];
    builder.output("gradient", gradients(builder, reduceSum(x, { axes: [0] }), [y])[0]!);
    const feeds = { x: referenceTensor([2], [1, 2]), y: referenceTensor([3], [1, 2, 3]) };
    expect([...interpret(builder.build(), feeds).outputs.get("gradient")!.data]).toEqual([0, 0, 0]);
  });

  it("of a power have none of the exponent where the base is 0", () => {
    const builder = new GraphBuilder("powers");
    const [a, b] = [builder.variable("a", [3]), builder.variable("b", [3])];
    const loss = reduceSum(power(a, b), { axes: [0] });
    builder.output("gradient", gradients(builder, loss, [b])[0]!);
    const feeds = { a: referenceTensor([3], [0, 0, 2]), b: referenceTensor([3], [2, -1, 3]) };
    const { data } = interpret(builder.build(), feeds).outputs.get("gradient")!;
    expect([...data]).toEqual([0, 0, expect.closeTo(8 * Math.log(2), 12)]);
  });

  it("says which operation on the way has no derivative, and why", () => {
    const builder = new GraphBuilder("jumps");
    const x = builder.variable("x", [2, 3]);
    const loss = reduceSum(cast(argMax(x), "float32"), { axes: [0] });
    expect(() => gradients(builder, loss, [x])).toThrow(
      "cast has no derivative: integers and booleans move in jumps.",
    );
  });

  it("asks for a scalar loss", () => {
    const builder = new GraphBuilder("vector");
    const x = builder.variable("x", [2, 3]);
    expect(() => gradients(builder, x, [x])).toThrow(/must be a scalar but has shape \[2, 3\]/);
  });
});
