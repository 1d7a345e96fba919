import { tinyNetwork } from "@fleuron/testing";
import { expect, it } from "vitest";
import { GraphBuilder } from "./builder.js";
import { momentumUpdate, velocityName } from "./fixtures/momentum-update.js";
import { networkFeeds } from "./fixtures/network-feeds.js";
import { interpret } from "./interpreter/interpret.js";
import { referenceTensor } from "./interpreter/reference-tensor.js";
import { joinGraphs } from "./join-graphs.js";
import { trainingGraph } from "./network.js";
import { relu } from "./operations/relu.js";

const network = tinyNetwork();
const training = trainingGraph(network);
const update = momentumUpdate(training, 0.9);

it("computes what its graphs compute one after another", () => {
  const feeds = {
    ...networkFeeds(network, training, { batch: 3 }),
    learningRate: referenceTensor([], [0.1]),
  };
  const slots = update.variables.filter(({ name }) => name.startsWith(velocityName("")));
  for (const { name, value } of slots)
    Object.assign(feeds, { [name]: referenceTensor(update.types[value]!.shape as number[]) });
  const first = interpret(training, feeds);
  const second = interpret(update, { ...feeds, ...Object.fromEntries(first.outputs) });
  const joined = joinGraphs("step", [training, update]);
  const together = interpret(joined, feeds);
  expect(together.outputs).toEqual(first.outputs);
  expect(together.updates).toEqual(new Map([...first.updates, ...second.updates]));
  expect(joined.inputs.map(({ name }) => name)).toEqual([
    ...training.inputs.map(({ name }) => name),
    "learningRate",
  ]);
  expect(joined.variables).toHaveLength(training.variables.length + slots.length);
});

it("refuses graphs that give the same", () => {
  expect(() => joinGraphs("twice", [training, training])).toThrow(
    "Two of the graphs that are joined give 'loss'.",
  );
});

it("refuses graphs of which one has another tensor by a name", () => {
  const graph = (lengths: readonly number[], output: string) => {
    const builder = new GraphBuilder("half");
    builder.output(output, relu(builder.input("x", { type: "tensor" }, lengths)));
    builder.output(`${output} of w`, relu(builder.variable("w", lengths)));
    return builder.build();
  };
  expect(() => joinGraphs("both", [graph([2, 3], "x"), graph([2, 4], "y")])).toThrow(
    "'x' is float32[2, 3] in one graph, and float32[2, 4] in another.",
  );
  expect(() => joinGraphs("both", [graph([2], "z"), { ...graph([3], "y"), inputs: [] }])).toThrow(
    "'w' is float32[2] in one graph, and float32[3] in another.",
  );
});
