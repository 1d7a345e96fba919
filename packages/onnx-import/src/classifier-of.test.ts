import {
  argMax,
  divide,
  exp,
  GraphBuilder,
  interpret,
  log,
  logSoftmax,
  reduceMax,
  reduceMean,
  reduceSum,
  referenceTensor,
  reshape,
  sigmoid,
  softmax,
  subtract,
  type Tensor,
} from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { describe, expect, it } from "vitest";
import { classifierOf, classifyingOutput } from "./classifier-of.js";
import { importOnnx } from "./import-onnx.js";

/** A file whose outputs are made of the image's three means. */
function fileOf(outputs: (means: Tensor) => Readonly<Record<string, Tensor>>) {
  const builder = new GraphBuilder("means");
  const image = builder.input("image", { type: "image" }, ["batch", 3, 2, 2]);
  for (const [name, tensor] of Object.entries(outputs(reduceMean(image, { axes: [2, 3] }))))
    builder.output(name, tensor);
  return importOnnx(toOnnx(builder.build()));
}

/** The logits of an image whose channels are all 1, all 2 and all 4. */
function logitsOf(imported: ReturnType<typeof importOnnx>) {
  const pixels = [1, 2, 4].flatMap((level) => [level, level, level, level]);
  const { outputs } = interpret(classifierOf(imported).inference, {
    image: referenceTensor([1, 3, 2, 2], Float32Array.from(pixels)),
  });
  const { shape, data } = outputs.get("logits")!;
  return { shape, numbers: [...data] };
}

const three = { shape: [1, 3], numbers: [1, 2, 4] };

describe("the logits", () => {
  it("are an output that nothing was made of", () => {
    const file = fileOf((means) => ({ scores: means }));
    expect(logitsOf(file)).toEqual(three);
    expect(classifyingOutput(file)).toEqual({ name: "scores", gives: "logits", numbers: 3 });
  });

  it.each([
    ["a softmax", softmax, "probabilities"],
    ["a logarithm of one", logSoftmax, "logarithms of probabilities"],
  ] as const)("are what %s takes, also behind a reshape", (_, apply, gives) => {
    const file = fileOf((means) => ({ found: reshape(apply(means), ["batch", 3, 1, 1]) }));
    expect(logitsOf(file)).toEqual(three);
    expect(classifyingOutput(file)).toEqual({ name: "found", gives, numbers: 3 });
  });

  const sum = (x: Tensor) => reduceSum(x, { axes: [1], keepDimensions: true });
  const ofPowers = (x: Tensor) => divide(exp(x), sum(exp(x)));
  it.each([
    ["a softmax", [1, 2, 4], ofPowers, "probabilities"],
    [
      "one that takes away the largest",
      [-3, -2, 0],
      (x: Tensor) => ofPowers(subtract(x, reduceMax(x, { axes: [1], keepDimensions: true }))),
      "probabilities",
    ],
    ["the logarithm of one", [1, 2, 4], (x: Tensor) => log(ofPowers(x)), "logarithms of probabilities"],
  ] as const)("are what %s takes that is written as powers and their sum", (_, numbers, apply, gives) => {
    const file = fileOf((means) => ({ found: apply(means) }));
    expect(logitsOf(file)).toEqual({ shape: [1, 3], numbers });
    expect(classifyingOutput(file)).toEqual({ name: "found", gives, numbers: 3 });
  });

  it("are what was divided, where that is no softmax", () => {
    const file = fileOf((means) => ({ scores: divide(means, sum(means)) }));
    expect(logitsOf(file).numbers[2]).toBeCloseTo(4 / 7, 6);
    expect(classifyingOutput(file).gives).toBe("logits");
  });

  it("are one output's where another is its softmax, or names the class", () => {
    const file = fileOf((means) => ({
      label: argMax(means),
      probabilities: softmax(means),
      logits: means,
    }));
    expect(logitsOf(file)).toEqual(three);
  });

  it.each([
    ["a logit", (logit: Tensor) => logit, "logits"],
    ["a sigmoid", sigmoid, "probabilities"],
  ] as const)("are 0 and that of one number, %s", (_, apply, gives) => {
    const file = fileOf((means) => ({ y: apply(reduceMean(means, { axes: [1], keepDimensions: true })) }));
    expect(logitsOf(file)).toMatchObject({ shape: [1, 2], numbers: [0, expect.closeTo(7 / 3, 6)] });
    expect(classifyingOutput(file)).toEqual({ name: "y", gives, numbers: 1 });
  });
});

describe("what is no classifier", () => {
  it.each([
    [
      "several outputs",
      (x: Tensor) => ({ a: x, b: reduceMean(x, { axes: [1], keepDimensions: true }) }),
      "'a', 'b'",
    ],
    ["no row of classes", (x: Tensor) => ({ boxes: reshape(x, ["batch", 1, 3]) }), "boxes [batch, 1, 3]"],
    ["several labels at a time", (x: Tensor) => ({ tags: sigmoid(x) }), "'tags' says of each of 3 labels"],
  ] as const)("is refused by its outputs' names: %s", (_, outputs, message) => {
    expect(() => classifierOf(fileOf(outputs))).toThrow(
      expect.objectContaining({ code: "onnx-unsupported", message: expect.stringContaining(message) }),
    );
  });
});
