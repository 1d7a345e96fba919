import { describe, expect, it } from "vitest";
import { caseGraph, relativeError } from "../fixtures/case-graph.js";
import type { OperationCase } from "../fixtures/cases.js";
import { openSavedModel, tfjsNodePlace, whySkipped } from "../fixtures/run-tensorflow.js";
import { interpret } from "../interpreter/interpret.js";
import { referenceTensor } from "../interpreter/reference-tensor.js";
import { averagePool } from "../operations/average-pool.js";
import { batchMatMul } from "../operations/batch-mat-mul.js";
import { concat } from "../operations/concat.js";
import { conv2d } from "../operations/conv2d.js";
import { gather } from "../operations/gather.js";
import { pad, slice } from "../operations/slice-and-pad.js";
import { toSavedModel, writeSignature } from "./saved-model.js";

const waves = (shape: readonly number[], step: number) => {
  const tensor = referenceTensor(shape);
  return referenceTensor(
    shape,
    tensor.data.map((_, index) => Math.fround(Math.sin(1 + index * step))),
  );
};

/** What moves a convolution's result about, and computes on with it. */
const moved: OperationCase = {
  name: "moved",
  differentiable: [0],
  inputs: [waves([2, 3, 6, 7], 0.7), waves([4, 3, 3, 3], 1.3)],
  build: (x, kernel) => {
    const y = conv2d(x, kernel, { strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1], groups: 1 });
    const joined = concat([y, slice(y, 1, 1, 3)], 1);
    const padded = pad(gather(joined, [6, 5, 5, 0], 3), { before: [0, 0, 1, 0], after: [0, 0, 0, 2] });
    const pooled = averagePool(padded, {
      kernelSize: [3, 2],
      strides: [1, 1],
      pads: [1, 0, 1, 0],
      countPadding: false,
    });
    return [batchMatMul(pooled, slice(joined, 2, 1, 6))];
  },
};

describe.skipIf(!tfjsNodePlace)(`In mixed precision${whySkipped}`, () => {
  it("tensors are joined, cut, padded and gathered as they are stored", async () => {
    const { graph, feeds } = caseGraph(moved);
    const signature = { graphs: [graph], mixed: { keepFloat32: [] } };
    await using model = await openSavedModel(toSavedModel({ signatures: { run: signature } }));
    for (const { name } of graph.variables) await model.run(writeSignature(name), { value: feeds[name]! });
    const results = await model.run("run", { weights0: feeds.weights0! });
    const { outputs } = interpret(graph, feeds);
    for (const name of ["output0", "gradient0"]) {
      const { data } = outputs.get(name)!;
      const error = relativeError(results.get(name)!.data, data);
      expect(error, name).toBeGreaterThan(1e-5);
      expect(error, name).toBeLessThan(2e-2);
    }
  });
});
