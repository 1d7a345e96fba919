import { alexnet } from "@fleuron/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { bindDimensions } from "../dimensions.js";
import { openDevice, whySkipped } from "../fixtures/run-webgpu.js";
import { trainingGraph } from "../network.js";
import { add } from "../operations/arithmetic.js";
import { matMul } from "../operations/mat-mul.js";
import { tiles } from "./kernels/product-form.js";
import { compileProgram } from "./program.js";
import { smallestProducts, type TileStore, tunedProducts } from "./tune.js";
import { DeviceVariables } from "./variables.js";

/** Products [24, 40] × [40, columns], one for each number of columns, whose results are added up. */
function graphOf(...columns: readonly number[]) {
  const builder = new GraphBuilder("products");
  const x = builder.input("x", { type: "tensor" }, [24, 40]);
  for (const count of columns) {
    const w = builder.variable(`w${count}`, [40, count]);
    builder.output(`y${count}`, add(matMul(x, w), matMul(x, w)));
  }
  return bindDimensions(builder.build(), {});
}

describe("the kinds of products", () => {
  it("are few in a network, each with its smallest product", () => {
    const graph = bindDimensions(trainingGraph(alexnet({ classes: 5 })), { batch: 32 });
    const smallest = smallestProducts(graph);
    expect([...smallest].map(([kind, { place }]) => `${place.layer}: ${kind}`)).toEqual([
      "conv1: conv2d 128x128x256, steps and columns side by side",
      "dense2: matMul 32x128x256, steps and columns side by side",
      "dense3: matMul 32x128x8, steps and steps side by side",
      "dense2: matMul 32x128x256, steps and steps side by side",
      "dense2: matMul 128x128x32, rows and columns side by side",
      "conv5: conv2dInputGradient 128x128x256, steps and columns side by side",
      "conv1: conv2dKernelGradient 128x128x256, steps and steps side by side",
    ]);
  });

  it("leave out what is narrow", () => {
    expect([...smallestProducts(graphOf(5, 30)).keys()]).toEqual([
      "matMul 32x32x64, steps and columns side by side",
    ]);
  });
});

describe.skipIf(whySkipped)(`tuned products on WebGPU${whySkipped}`, () => {
  let device: GPUDevice;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => device.destroy());

  const storeOf = (kept: Map<string, string>): TileStore => ({
    get: async (key) => kept.get(key),
    set: async (key, tile) => void kept.set(key, tile),
  });

  it("are measured once for an adapter and a kind, and kept", async () => {
    const kept = new Map<string, string>();
    await tunedProducts(device, graphOf(30), storeOf(kept));
    const [[key, name] = []] = kept;
    expect(kept.size).toBe(1);
    expect(key).toMatch(/SwiftShader.*: matMul 32x32x64, steps and columns side by side$/);
    expect(Object.keys(tiles)).toContain(name);
    // Another one than was measured, so that measuring again would show.
    const other = Object.keys(tiles).find((each) => each !== name)! as keyof typeof tiles;
    kept.set(key!, other);
    const graph = graphOf(5, 20, 30);
    const products = await tunedProducts(device, graph, storeOf(kept));
    expect([...kept.values()]).toEqual([other]);
    const forms: unknown[] = [];
    const variables = await DeviceVariables.create(device, [
      ["w5", [40, 5]],
      ["w20", [40, 20]],
      ["w30", [40, 30]],
    ]);
    const program = await compileProgram(graph, variables, {
      products(size, node) {
        const form = products(size, node);
        forms.push(form);
        return form;
      },
    });
    expect(forms).toEqual(["blocks", tiles[other], tiles[other]]);
    program.destroy();
    variables.destroy();
  });

  it("are measured again where what was kept is no tile", async () => {
    const kept = new Map<string, string>();
    await tunedProducts(device, graphOf(30), storeOf(kept));
    const [key] = kept.keys();
    kept.set(key!, "9x9");
    await tunedProducts(device, graphOf(30), storeOf(kept));
    expect(Object.keys(tiles)).toContain(kept.get(key!));
  });
});
