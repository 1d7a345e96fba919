import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { add } from "../operations/arithmetic.js";
import { reshape } from "../operations/reshape.js";
import { interpret } from "./interpret.js";
import { referenceTensor } from "./reference-tensor.js";

function sumGraph() {
  const builder = new GraphBuilder("sum");
  const x = builder.input("x", { type: "tensor" }, ["batch", 2]);
  const y = builder.input("y", { type: "tensor" }, ["batch", 1]);
  const w = builder.variable("w", [2]);
  builder.output("sum", reshape(add(add(x, y), w), [2, "batch"]));
  builder.update("w", w);
  return builder.build();
}

describe("interpret", () => {
  const feeds = {
    x: referenceTensor([3, 2], [1, 2, 3, 4, 5, 6]),
    y: referenceTensor([3, 1], [10, 20, 30]),
    w: referenceTensor([2], [100, 200]),
  };

  it("gives named dimensions the lengths that were fed", () => {
    const { outputs, updates } = interpret(sumGraph(), feeds);
    expect(outputs.get("sum")).toEqual(referenceTensor([2, 3], [111, 212, 123, 224, 135, 236]));
    expect(updates.get("w")).toEqual(feeds.w);
  });

  it("divides the length of an axis that is joined with known ones", () => {
    const builder = new GraphBuilder("joined");
    const x = builder.input("x", { type: "tensor" }, ["batch*4", 3]);
    builder.output("y", reshape(x, ["batch", 4, 3]));
    const graph = builder.build();
    const feed = (rows: number) => ({ x: referenceTensor([rows, 3]) });
    expect(interpret(graph, feed(8)).outputs.get("y")!.shape).toEqual([2, 4, 3]);
    expect(() => interpret(graph, feed(7))).toThrow("'x' has shape [batch*4, 3] but was fed [7, 3]");
  });

  it.each(["x", "w"])("says that '%s' was not fed", (name) => {
    const missing = Object.fromEntries(Object.entries(feeds).filter(([key]) => key !== name));
    expect(() => interpret(sumGraph(), missing)).toThrow(`interpret: '${name}' was not fed.`);
  });

  it.each([
    ["a length that differs", "w", [3], "'w' has shape [2] but was fed [3]"],
    ["another number of axes", "x", [3], "'x' has shape [batch, 2] but was fed [3]"],
    ["a batch that differs from the others'", "y", [4, 1], "'y' has shape [batch, 1] but was fed [4, 1]"],
  ] as const)("says which feed has %s", (_, name, shape, message) => {
    expect(() => interpret(sumGraph(), { ...feeds, [name]: referenceTensor(shape) })).toThrow(message);
  });
});
