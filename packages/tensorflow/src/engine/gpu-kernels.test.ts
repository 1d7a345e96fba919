// What can be known of the GPU without one: TensorFlow's GPU build, loaded on the processor, says which kernels it has.

import { thisMachine } from "@fleuron/machine";
import { firstBad, type Precision, planOf, precisions, recipes } from "@fleuron/training";
import { beforeAll, describe, expect, it } from "vitest";
import { type NodeTypes, type RegisteredKernels, registeredKernels } from "../fixtures/registered-kernels.js";
import { installableEngines } from "../install/installable.js";
import { installationOf } from "../install/installation.js";
import { lookAtInstallation } from "../look/installation.js";
import { trainingModel } from "../step/training-model.js";

const engine = installableEngines["tfjs-node-gpu"];
const missing = firstBad(await lookAtInstallation(engine, thisMachine()));
const skipped = missing ? ` (skipped: ${missing.what}: ${missing.found}; ${missing.hint})` : "";

/** Values of types.proto. */
const [FLOAT, INT32, BOOL, BFLOAT16] = [1, 3, 10, 14];

/** The devices of the kernels that would compute the node. */
function devicesFor({ operation, types }: NodeTypes, { kernels }: RegisteredKernels): ReadonlySet<string> {
  const fitting = (kernels.get(operation) ?? []).filter(({ allowed }) =>
    Object.entries(allowed).every(([attribute, list]) => list.includes(types[attribute]!)),
  );
  return new Set(fitting.map(({ device }) => device));
}

describe.skipIf(missing)(`every operation of a training model${skipped}`, () => {
  describe.each(precisions)("in %s", (precision: Precision) => {
    let registered: RegisteredKernels;
    beforeAll(async () => {
      const settings = { classes: 5, network: "alexnet", imageSize: 227, precision } as const;
      registered = await registeredKernels(
        installationOf(engine),
        trainingModel(planOf(recipes.modern, settings)),
      );
    });

    it("has a kernel for the GPU, or one for every device", () => {
      const without = registered.nodes.filter((node) => {
        const devices = devicesFor(node, registered);
        return !devices.has("GPU") && !devices.has("DEFAULT");
      });
      expect(without).toEqual([]);
      expect(new Set(registered.nodes.map(({ operation }) => operation)).size).toBeGreaterThan(35);
    });

    it("has one of every device for variables' handles and reads, constants, and shapes as numbers alone", () => {
      const shared = registered.nodes.filter((node) => !devicesFor(node, registered).has("GPU"));
      expect([...new Set(shared.map(({ operation }) => operation))].sort()).toEqual([
        "ConcatV2",
        "Const",
        "NoOp",
        "Placeholder",
        "ReadVariableOp",
        "Slice",
        "VarHandleOp",
      ]);
      const computing = shared.filter(({ operation }) => operation === "ConcatV2" || operation === "Slice");
      expect(new Set(computing.map(({ types }) => types.T))).toEqual(new Set([INT32]));
    });

    it("is none that TensorFlow refuses on a GPU where operations are to be deterministic", () => {
      const operations = registered.nodes.map(({ operation }) => operation);
      expect(operations.filter((operation) => operation.includes("CrossEntropyWithLogits"))).toEqual([]);
    });

    it("multiplies in that precision", () => {
      const multiplied = registered.nodes.filter(({ operation }) => /^(Conv2D|MatMul)/.test(operation));
      const types = new Set(multiplied.map(({ types }) => types.T));
      expect(types).toEqual(new Set(precision === "float32" ? [FLOAT] : [FLOAT, BFLOAT16]));
    });

    it("would be missed if it were of a type without a kernel", () => {
      const truths = { operation: "Conv2D", types: { T: BOOL } };
      expect(devicesFor(truths, registered).size).toBe(0);
      expect(devicesFor({ operation: "NoSuchOperation", types: {} }, registered).size).toBe(0);
    });
  });
});
