import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bindDimensions } from "../dimensions.js";
import { caseGraph, relativeError } from "../fixtures/case-graph.js";
import { type OperationCase, operationCases } from "../fixtures/cases.js";
import { openDevice, runWebgpu, smallTile, whySkipped } from "../fixtures/run-webgpu.js";
import { interpret } from "../interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "../interpreter/reference-tensor.js";
import type { ProgramOptions } from "./program.js";

/** What float32 makes of the case's values, so that both sides start from the same numbers. */
const rounded = (feeds: Record<string, ReferenceTensor>) =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, { shape, data }]) => [
      name,
      referenceTensor(shape, Float32Array.from(data)),
    ]),
  );

describe.skipIf(whySkipped)(`WebGPU agrees with the interpreter${whySkipped}`, () => {
  let device: GPUDevice;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => device.destroy());

  async function expectAgreement(operationCase: OperationCase, options?: ProgramOptions) {
    const { graph, feeds } = caseGraph(operationCase);
    const exact = rounded(feeds);
    const actual = await runWebgpu(device, bindDimensions(graph, {}), exact, options);
    const { outputs } = interpret(graph, exact);
    expect([...actual.outputs.keys()]).toEqual([...outputs.keys()]);
    for (const [name, { data }] of outputs) {
      expect(actual.outputs.get(name), name).toHaveLength(data.length);
      expect(relativeError(actual.outputs.get(name)!, data), name).toBeLessThan(1e-5);
    }
  }

  it.each(operationCases.map((entry) => [entry.name, entry] as const))("%s", async (_, operationCase) => {
    await expectAgreement(operationCase);
  });

  // The names of convolutions that between them read windows in every way, and all products of matrices.
  const products = operationCases.filter(({ name }) =>
    /^matMul|^batchMatMul|pads, two strides|dilated|groups, stride/.test(name),
  );
  it.each(products.map((entry) => [entry.name, entry] as const))("%s, by tiles", async (_, operationCase) => {
    await expectAgreement(operationCase, { products: () => smallTile });
  });
});
