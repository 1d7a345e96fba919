import { describe, expect, it } from "vitest";
import { GraphBuilder } from "./builder.js";
import { add, addOperation, multiply } from "./operations/arithmetic.js";
import { maxPool, maxPoolOperation } from "./operations/max-pool.js";
import { relu, reluOperation } from "./operations/relu.js";
import { transpose } from "./operations/transpose.js";

function vectors() {
  const builder = new GraphBuilder("test");
  const x = builder.input("x", { type: "tensor" }, ["batch", 3]);
  const w = builder.variable("w", ["batch", 3]);
  return { builder, x, w };
}

describe("GraphBuilder", () => {
  it("gives equal nodes one result, whoever asks", () => {
    const { builder, x, w } = vectors();
    const sum = add(x, w);
    expect(builder.at({ layer: "elsewhere" }, () => add(x, w))).toBe(sum);
    expect(add(w, x)).not.toBe(sum);
    expect(multiply(x, w)).not.toBe(sum);
    expect(transpose(x, [1, 0])).not.toBe(transpose(x, [0, 1]));
    builder.output("y", multiply(add(x, w), add(x, w)));
    expect(builder.build().nodes.map(({ operation }) => operation)).toEqual(["add", "multiply"]);
  });

  it("does not mind the order in which attributes are written", () => {
    const builder = new GraphBuilder("test");
    const x = builder.input("x", { type: "image" }, ["batch", 3, 8, 8]);
    const y = maxPool(x, { kernelSize: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] });
    const [again] = builder.apply(maxPoolOperation, [x], {
      pads: [0, 0, 0, 0],
      strides: [2, 2],
      kernelSize: [2, 2],
    });
    expect(again).toBe(y);
    expect(maxPool(x, { kernelSize: [2, 2], strides: [2, 1], pads: [0, 0, 0, 0] })).not.toBe(y);
  });

  it("marks nodes with the innermost place, also after an error", () => {
    const { builder, x } = vectors();
    builder.at({ layer: "outer" }, () => {
      expect(() =>
        builder.at({ layer: "inner", gradient: true }, () => {
          throw new Error("stop");
        }),
      ).toThrow("stop");
      builder.output("a", relu(x));
    });
    builder.output("b", transpose(x, [1, 0]));
    expect(builder.build().nodes.map(({ place }) => place)).toEqual([
      { layer: "outer", gradient: false },
      { layer: "", gradient: false },
    ]);
  });

  it("refuses a second input, variable, output or update of one name", () => {
    const { builder, x, w } = vectors();
    const message = (kind: string, name: string) => `The graph has two ${kind}s named '${name}'.`;
    expect(() => builder.input("w", { type: "tensor" }, [])).toThrow(message("input or variable", "w"));
    expect(() => builder.variable("x", [])).toThrow(message("input or variable", "x"));
    builder.output("y", x);
    expect(() => builder.output("y", w)).toThrow(message("output", "y"));
    builder.update("w", x);
    expect(() => builder.update("w", x)).toThrow(message("update", "w"));
  });

  it("updates variables only, and keeps their types", () => {
    const { builder, x, w } = vectors();
    expect(() => builder.update("x", x)).toThrow("The update of 'x' names no variable of the graph.");
    expect(() => builder.update("w", transpose(w, [1, 0]))).toThrow(
      "update of 'w'(float32[batch, 3], float32[3, batch]): a variable keeps its type.",
    );
  });

  it("refuses another number of tensors than an operation takes, as the compiler does", () => {
    const { builder, x } = vectors();
    // @ts-expect-error: relu takes one tensor
    expect(() => builder.apply(reluOperation, [x, x], {})).toThrow("takes 1 input but was given 2.");
    // @ts-expect-error: add takes two
    expect(() => builder.apply(addOperation, [x], {})).toThrow("takes 2 inputs but was given 1.");
  });

  it("refuses tensors of another graph", () => {
    const { builder, x } = vectors();
    const { x: foreign } = vectors();
    expect(() => add(x, foreign)).toThrow("internal: add was given a tensor of another graph");
    expect(() => builder.output("y", foreign)).toThrow("was given a tensor of another graph");
    expect(() => builder.update("w", foreign)).toThrow("was given a tensor of another graph");
  });

  it("builds plain JSON", () => {
    const { builder, x, w } = vectors();
    builder.output("y", add(x, w));
    const graph = builder.build();
    expect(JSON.parse(JSON.stringify(graph))).toEqual(graph);
  });
});
