import { inferenceGraph } from "@fleuron/graph";
import { networkParameters, summarise } from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import { expect, it } from "vitest";
import { summariseImported } from "./summarise-imported.js";

it("has the layers, shapes and parameters of the network", () => {
  const tiny = tinyNetwork();
  const imported = {
    type: "imported",
    name: "tiny",
    inference: inferenceGraph(tiny),
    parameters: networkParameters(tiny),
  } as const;
  const { rows, parameters, trainable } = summarise(tiny);
  const found = summariseImported(imported);
  expect(found).toMatchObject({ parameters, trainable, head: "dense2" });
  expect(found.rows.map(({ id, type }) => [id, type]).at(0)).toEqual(["conv1", "conv2d"]);
  // Two convolutions and two dense layers, by hand.
  const multiplications = 8 * 14 * 12 * 75 + 8 * 6 * 5 * 72 + 32 * 16 + 16 * 4;
  expect(found.multiplications).toBe(multiplications);
  // Dropout computes nothing here.
  const meant = rows.filter(({ type }) => type !== "dropout");
  expect(found.rows.map(({ id, output, parameters }) => ({ id, output, parameters }))).toEqual(
    meant.map(({ id, output, parameters }) => ({ id, output, parameters })),
  );
});
