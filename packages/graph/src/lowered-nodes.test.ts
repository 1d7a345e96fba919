// How many nodes a step of AlexNet takes in each dialect: more of them are more work and more memory.
import { fromBinary } from "@bufbuild/protobuf";
import { alexnet } from "@fleuron/model";
import { expect, it } from "vitest";
import { bindDimensions } from "./dimensions.js";
import { winogradForms } from "./fixtures/winograd-forms.js";
import { trainingGraph } from "./network.js";
import { ModelProtoSchema } from "./onnx/generated/onnx_pb.js";
import { cpuTrainingLowerings } from "./onnx/operations/index.js";
import { toOnnx } from "./onnx/to-onnx.js";
import { signatureNodes } from "./tensorflow/signature.js";
import { TensorflowVariables } from "./tensorflow/variables.js";
import type { Graph } from "./types.js";

const step = trainingGraph(alexnet({ classes: 5 }));

function tensorflowNodes(graph: Graph): number {
  const variables = new TensorflowVariables();
  for (const { name, value } of graph.variables) variables.declare(name, graph.types[value]!);
  return signatureNodes("step", { graphs: [graph] }, variables).nodes.length;
}

const onnxNodes = (): number => {
  const model = toOnnx(bindDimensions(step, { batch: 32 }), {
    lowerings: cpuTrainingLowerings(winogradForms),
  });
  return fromBinary(ModelProtoSchema, model).graph!.node.length;
};

it.each([
  ["ONNX, for a CPU", onnxNodes, 521],
  ["TensorFlow", () => tensorflowNodes(step), 256],
])("a step of AlexNet in %s takes no more nodes than it did", (_, count, ceiling) => {
  expect(count()).toBeLessThanOrEqual(ceiling);
  expect(count(), "it takes fewer now: lower the ceiling").toBe(ceiling);
});
