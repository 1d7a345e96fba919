import { tinyNetwork } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { bindAttributes, bindDimensions } from "./dimensions.js";
import { networkFeeds } from "./fixtures/network-feeds.js";
import { interpret } from "./interpreter/interpret.js";
import { trainingGraph } from "./network.js";
import { graphText } from "./text.js";

describe("bindDimensions", () => {
  const network = tinyNetwork();
  const graph = trainingGraph(network);
  const bound = bindDimensions(graph, { batch: 3 });

  it("makes every shape a list of numbers, in attributes too", () => {
    expect(bound.types.flatMap(({ shape }) => shape).every((d) => typeof d === "number")).toBe(true);
    expect(graphText(graph)).toContain("input image: float32[batch, 3, 31, 27] (image)");
    expect(graphText(bound)).toContain("input image: float32[3, 3, 31, 27] (image)");
    expect(graphText(bound)).toMatch(/float32\[3, 32\] = reshape\(.*\) \{shape: \[3,32\]\}/);
    expect(graphText(bound)).not.toContain("batch,");
  });

  it("leaves the graph itself alone", () => {
    expect(graphText(graph)).toBe(graphText(trainingGraph(network)));
  });

  it("asks for the length of every name", () => {
    expect(() => bindDimensions(graph, { width: 9 })).toThrow("The dimension 'batch' has no length.");
    expect(bindDimensions(bound, {})).toEqual(bound);
  });

  it("multiplies a name that is joined with known lengths", () => {
    const shape = ["batch", "batch*4", "2*batch", "2*batch*5"];
    const bind = bindAttributes({ shapeAttribute: "shape" }, { shape }, new Map([["batch", 3]]));
    expect(bind).toEqual({ shape: [3, 12, 6, 30] });
  });

  it("looks for names in the attribute that the operation says, not in any that is called shape", () => {
    const attributes = { shape: ["batch", 2], target: ["batch"] };
    const lengths = new Map([["batch", 3]]);
    expect(bindAttributes({}, attributes, lengths)).toBe(attributes);
    expect(bindAttributes({ shapeAttribute: "target" }, attributes, lengths)).toEqual({
      shape: ["batch", 2],
      target: [3],
    });
  });

  it("changes no result", () => {
    const feeds = networkFeeds(network, graph, { batch: 3 });
    expect(interpret(bound, feeds)).toEqual(interpret(graph, feeds));
  });

  it("finds out when a length does not suit an operation", () => {
    const pooled = structuredClone(graph);
    const image = pooled.inputs[0]!.value;
    const open = {
      ...pooled,
      types: pooled.types.map((type, id) =>
        id === image ? { ...type, shape: ["batch", "channels", 31, 27] } : type,
      ),
    };
    expect(() => bindDimensions(open, { batch: 3, channels: 4 })).toThrow(
      /conv2d\(.*4 channels do not suit a kernel/,
    );
  });
});
