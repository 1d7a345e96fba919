import { describe, expect, it } from "vitest";
import { caseGraph, relativeError } from "../fixtures/case-graph.js";
import { type OperationCase, operationCases } from "../fixtures/cases.js";
import { openSavedModel, tfjsNodePlace, whySkipped } from "../fixtures/run-tensorflow.js";
import { interpret } from "../interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "../interpreter/reference-tensor.js";
import { toSavedModel, writeSignature } from "./saved-model.js";

async function expectAgreement(operationCase: OperationCase, openBatch: boolean) {
  const { graph, feeds } = caseGraph(operationCase, { openBatch });
  const rounded: Record<string, ReferenceTensor> = {};
  for (const [name, { shape, data }] of Object.entries(feeds)) {
    rounded[name] = referenceTensor(shape, Float32Array.from(data));
  }
  await using model = await openSavedModel(toSavedModel({ signatures: { run: { graphs: [graph] } } }));
  for (const { name } of graph.variables) await model.run(writeSignature(name), { value: rounded[name]! });
  const inputs = Object.fromEntries(graph.inputs.map(({ name }) => [name, rounded[name]!]));
  const results = await model.run("run", inputs);
  const { outputs } = interpret(graph, rounded);
  expect([...results.keys()].sort()).toEqual([...outputs.keys()].sort());
  for (const [name, { shape, data }] of outputs) {
    expect(results.get(name)?.shape, name).toEqual(shape);
    expect(relativeError(results.get(name)!.data, data), name).toBeLessThan(1e-5);
  }
}

describe.skipIf(!tfjsNodePlace)(`TensorFlow agrees with the interpreter${whySkipped}`, () => {
  const cases = operationCases.map((entry) => [entry.name, entry] as const);
  it.each(cases)("%s", async (_, operationCase) => {
    await expectAgreement(operationCase, false);
  });
});

describe.skipIf(!tfjsNodePlace)(
  `TensorFlow agrees with the interpreter when the batch is open${whySkipped}`,
  () => {
    const cases = operationCases
      .filter(({ batched }) => batched)
      .map((entry) => [entry.name, entry] as const);
    it.each(cases)("%s", async (_, operationCase) => {
      await expectAgreement(operationCase, true);
    });
  },
);
