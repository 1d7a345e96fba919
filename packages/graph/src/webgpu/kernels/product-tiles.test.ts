import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GraphBuilder } from "../../builder.js";
import { bindDimensions } from "../../dimensions.js";
import { relativeError } from "../../fixtures/case-graph.js";
import { openDevice, runWebgpu, smallTile, whySkipped } from "../../fixtures/run-webgpu.js";
import { interpret } from "../../interpreter/interpret.js";
import { referenceTensor } from "../../interpreter/reference-tensor.js";
import { matMul } from "../../operations/mat-mul.js";
import { planProgram } from "../plan.js";
import { type ProductSize, tiles } from "./product-form.js";
import { divideAmongTiles } from "./product-tiles.js";

const size: ProductSize = {
  groups: 1,
  rows: 40,
  columns: 37,
  steps: 1100,
  leftBeside: "steps",
  rightBeside: "columns",
};

/** A product of several tiles that are not full, whose steps are divided into parts of which the last is shorter. */
function longProduct() {
  const builder = new GraphBuilder("long");
  const a = builder.input("a", { type: "tensor" }, [size.rows, size.steps]);
  const b = builder.input("b", { type: "tensor" }, [size.steps, size.columns]);
  builder.output("product", matMul(a, b));
  const graph = bindDimensions(builder.build(), {});
  const values = (shape: readonly number[], by: number) =>
    referenceTensor(
      shape,
      Float32Array.from({ length: shape[0]! * shape[1]! }, (_, i) => Math.sin(i * by)),
    );
  return {
    graph,
    feeds: { a: values([size.rows, size.steps], 1.7), b: values([size.steps, size.columns], 0.9) },
  };
}

describe("the steps of a product by tiles", () => {
  it("are divided where there are too few tiles, at multiples of what every tile holds", () => {
    expect(divideAmongTiles(size)).toEqual({ parts: 2, stepsPerPart: 560 });
    expect(divideAmongTiles({ ...size, rows: 4096, columns: 4096 })).toEqual({
      parts: 1,
      stepsPerPart: 1104,
    });
    for (const tile of Object.values(tiles)) expect(560 % tile.steps).toBe(0);
  });
});

describe("a tile", () => {
  it.each(Object.entries(tiles))(
    "%s fits WebGPU's default limits, and is loaded in whole rounds",
    (_, tile) => {
      const lanes = (tile.rows / tile.down) * (tile.columns / tile.across);
      const vectors = tile.steps * (tile.rows / 4 + 1 + tile.columns / 4 + 1);
      expect(lanes).toBeLessThanOrEqual(256);
      expect(vectors * 16).toBeLessThanOrEqual(16_384);
      for (const length of [tile.rows, tile.columns]) {
        expect(((length / 4) * tile.steps) % lanes).toBe(0);
        expect(lanes % (length / 4)).toBe(0);
        expect(lanes % tile.steps).toBe(0);
      }
    },
  );
});

it("is a kernel of its own, however small the product is", () => {
  const builder = new GraphBuilder("small");
  const [a, b] = ["a", "b"].map((name) => builder.input(name, { type: "tensor" }, [20, 20]));
  builder.output("y", matMul(matMul(a!, b!), b!));
  const { kernels } = planProgram(bindDimensions(builder.build(), {}), {
    outputs: undefined,
    placeOfVariable: () => expect.unreachable(),
    limits: {
      maxStorageBufferBindingSize: 2 ** 27,
      maxStorageBuffersPerShaderStage: 8,
      maxComputeWorkgroupsPerDimension: 65_535,
    },
    products: () => ({ rows: 32, columns: 32, steps: 8, down: 4, across: 4 }),
  });
  expect(kernels.map(({ label }) => label)).toEqual(["matMul", "matMul"]);
});

describe.skipIf(whySkipped)(`a product by tiles on WebGPU${whySkipped}`, () => {
  let device: GPUDevice;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => device.destroy());

  it("is the interpreter's, and has the same bits with every tile", async () => {
    const { graph, feeds } = longProduct();
    const expected = interpret(graph, feeds).outputs.get("product")!.data;
    const run = async (tile: typeof smallTile) =>
      (await runWebgpu(device, graph, feeds, { products: () => tile })).outputs.get("product")!;
    const first = await run(smallTile);
    expect(relativeError(first, expected)).toBeLessThan(1e-5);
    for (const tile of [smallTile, tiles["32x64"], tiles["128x64"]]) expect(await run(tile)).toEqual(first);
  });
});
