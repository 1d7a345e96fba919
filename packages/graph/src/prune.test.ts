import { describe, expect, it } from "vitest";
import { GraphBuilder } from "./builder.js";
import { interpret } from "./interpreter/interpret.js";
import { referenceTensor } from "./interpreter/reference-tensor.js";
import { add, multiply } from "./operations/arithmetic.js";
import { batchNorm } from "./operations/batch-norm.js";
import { relu } from "./operations/relu.js";
import { sqrt } from "./operations/sqrt.js";

const names = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name);

describe("a built graph", () => {
  it("has no dead nodes, inputs or variables", () => {
    const builder = new GraphBuilder("test");
    const unused = builder.input("unused", { type: "tensor" }, [2]);
    const x = builder.input("x", { type: "tensor" }, [2]);
    const dead = builder.variable("dead", [2]);
    const w = builder.variable("w", [2]);
    sqrt(relu(add(unused, dead)));
    builder.output("y", multiply(x, w));
    const graph = builder.build();
    expect(names(graph.inputs)).toEqual(["x"]);
    expect(names(graph.variables)).toEqual(["w"]);
    expect(graph.nodes.map(({ operation }) => operation)).toEqual(["multiply"]);
    expect(graph.types).toHaveLength(3);
    const feeds = { x: referenceTensor([2], [2, 3]), w: referenceTensor([2], [5, 7]) };
    expect([...interpret(graph, feeds).outputs.get("y")!.data]).toEqual([10, 21]);
  });

  it("keeps a variable that is updated but never read, and what its update needs", () => {
    const builder = new GraphBuilder("test");
    const x = builder.input("x", { type: "tensor" }, [2]);
    builder.variable("last", [2]);
    builder.update("last", relu(x));
    const graph = builder.build();
    expect(names(graph.inputs)).toEqual(["x"]);
    expect(names(graph.variables)).toEqual(["last"]);
    expect(graph.nodes.map(({ operation }) => operation)).toEqual(["relu"]);
    expect(graph.updates).toEqual([{ name: "last", value: graph.nodes[0]!.outputs[0] }]);
  });

  it("keeps all outputs of a node of which one is needed", () => {
    const builder = new GraphBuilder("test");
    const x = builder.input("x", { type: "tensor" }, ["batch", 3]);
    const gamma = builder.variable("gamma", [3]);
    builder.output("variance", batchNorm(x, gamma, gamma, { epsilon: 1e-3 }).variance);
    const graph = builder.build();
    expect(graph.nodes[0]!.outputs).toHaveLength(5);
    expect(graph.outputs[0]!.value).toBe(graph.nodes[0]!.outputs[2]);
  });

  it("may pass an input on as an output", () => {
    const builder = new GraphBuilder("test");
    const x = builder.input("x", { type: "tensor" }, [1]);
    builder.output("y", x);
    const { outputs } = interpret(builder.build(), { x: referenceTensor([1], [4]) });
    expect([...outputs.get("y")!.data]).toEqual([4]);
  });
});
