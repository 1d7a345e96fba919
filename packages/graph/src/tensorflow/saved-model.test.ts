import { fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { learning, signatures, training } from "../fixtures/training-signatures.js";
import { relu } from "../operations/relu.js";
import { DataType, SavedModelSchema, type TensorInfo } from "./generated/saved_model_pb.js";
import { nodeOf } from "./node.js";
import { readSignature, toSavedModel } from "./saved-model.js";

describe("a SavedModel", () => {
  const bytes = toSavedModel({ signatures });
  const metaGraph = fromBinary(SavedModelSchema, bytes).metaGraphs[0]!;
  const nodes = new Map(metaGraph.graphDef!.node.map((node) => [node.name, node]));
  const inputsOf = (name: string) => nodes.get(name)!.input;
  const opsOf = (signature: string) =>
    [...nodes.values()].filter(({ name }) => name.startsWith(`${signature}/`)).map(({ op }) => op);
  const updatesOf = (signature: string) =>
    [...nodes.values()].filter(
      ({ name, op }) =>
        name.startsWith(`${signature}/`) && /^(AssignVariableOp|ResourceApplyKerasMomentum)$/.test(op),
    );

  it("gives the same bytes for the same graphs", () => {
    expect(toSavedModel({ signatures: structuredClone(signatures) })).toEqual(bytes);
  });

  it("has the graphs' inputs and outputs in their canonical layout", () => {
    const { inputs, outputs } = metaGraph.signatureDef.step!;
    const shape = (info: TensorInfo | undefined) => info?.tensorShape?.dim.map(({ size }) => Number(size));
    expect(Object.keys(inputs).sort()).toEqual(
      [...training.inputs.map(({ name }) => name), "learningRate"].sort(),
    );
    expect(shape(inputs.image)).toEqual([-1, 3, 31, 27]);
    expect(Object.keys(outputs)).toEqual(["loss", "correctCount"]);
    const read = metaGraph.signatureDef[readSignature("conv1/kernel")]!.outputs.value;
    expect(shape(read)).toEqual([8, 3, 5, 5]);
  });

  it("has no node that nothing defines, and none twice", () => {
    expect(nodes.size).toBe(metaGraph.graphDef!.node.length);
    for (const { input } of nodes.values()) {
      for (const name of input) expect(nodes.has(nodeOf(name)), name).toBe(true);
    }
  });

  it.each(["step", "plainStep", "decayedStep", "gradients", "predict"])(
    "reads each variable once in %s",
    (signature) => {
      const read = [...nodes.values()].filter(
        ({ name, op }) => name.startsWith(`${signature}/`) && op === "ReadVariableOp",
      );
      const variables = read.map(({ input }) => input[0]);
      expect(new Set(variables).size).toBe(variables.length);
      expect(variables).toContain("conv1/kernel");
    },
  );

  it("has no variable of two types", () => {
    const signature = (lengths: readonly number[]) => {
      const builder = new GraphBuilder("twice");
      builder.output("y", relu(builder.variable("w", lengths)));
      return { graphs: [builder.build()] };
    };
    const both = { one: signature([4]), other: signature([7]) };
    expect(() => toSavedModel({ signatures: both })).toThrow(
      "'w' is float32[4] in one graph, and float32[7] in another.",
    );
  });

  it("rounds to bfloat16 in the signatures that ask for it, and in no other", () => {
    const mixed = { keepFloat32: ["dense2"] };
    const step = { ...signatures.step, mixed };
    const { metaGraphs } = fromBinary(
      SavedModelSchema,
      toSavedModel({ signatures: { ...signatures, step } }),
    );
    const rounding = metaGraphs[0]!.graphDef!.node.filter(({ op, attr }) => {
      const { value } = attr.DstT?.value ?? {};
      return op === "Cast" && value === DataType.DT_BFLOAT16;
    });
    expect(new Set(rounding.map(({ name }) => name.split("/")[0]))).toEqual(new Set(["step"]));
  });

  it("turns the photos to N,H,W,C and moves nothing else in a step", () => {
    expect(opsOf("step").filter((op) => op === "Transpose")).toHaveLength(1);
    expect(opsOf("predict").filter((op) => op === "Transpose")).toHaveLength(1);
  });

  it("keeps a dense kernel in the order of the flattened pixels", () => {
    const shape = nodes.get("dense1/kernel")!.attr.shape!.value;
    expect(shape.case === "shape" && shape.value.dim.map(({ size }) => Number(size))).toEqual([32, 16]);
    expect(opsOf("write/dense1/kernel")).toContain("Transpose");
  });

  it.each(["step", "plainStep"])("updates in %s only when every gradient is there", (signature) => {
    const updates = updatesOf(signature);
    expect(updates).toHaveLength(signature === "step" ? learning.length + 4 : 2 * learning.length + 4);
    const barrier = new Set(updates.map(({ input }) => input.at(-1)));
    expect(barrier.size).toBe(1);
    const waits = inputsOf(nodeOf([...barrier][0]!)).map(nodeOf);
    for (const { input, op } of updates) {
      expect(waits).toContain(nodeOf(input[op === "AssignVariableOp" ? 1 : 3]!));
    }
  });

  it("returns the loss only when every variable is updated", () => {
    const waits = inputsOf("step/output/loss").slice(1).map(nodeOf).sort();
    expect(waits).toEqual(
      updatesOf("step")
        .map(({ name }) => name)
        .sort(),
    );
  });

  it("has something to wait for in a signature that only updates", () => {
    expect(Object.keys(metaGraph.signatureDef.apply!.outputs)).toEqual(["done"]);
  });

  it("says which output a signature lacks", () => {
    const wrong = { step: { graphs: [training], outputs: ["los"] } };
    expect(() => toSavedModel({ signatures: wrong })).toThrow(
      "No graph of the signature has an output 'los'.",
    );
  });
});
