import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { bindDimensions } from "../dimensions.js";
import type { Tensor } from "../operation.js";
import { add, multiply } from "../operations/arithmetic.js";
import { biasAdd } from "../operations/bias-add.js";
import { concat } from "../operations/concat.js";
import { constant } from "../operations/constant.js";
import { matMul } from "../operations/mat-mul.js";
import { relu } from "../operations/relu.js";
import { reshape } from "../operations/reshape.js";
import { slice } from "../operations/slice-and-pad.js";
import { broadcastLike, reduceSum } from "../operations/sum-and-broadcast.js";
import { transpose } from "../operations/transpose.js";
import { lastingPlaces, SMALL } from "./places.js";
import { planProgram } from "./plan.js";

const large = 2 * SMALL;
const limits = {
  maxStorageBufferBindingSize: 2 ** 27,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupsPerDimension: 65_535,
};

/** A graph of inputs a and b [16, large ÷ 16], a matrix, and a variable w of the inputs' shape; there may be small u and v [80]. */
function planOf(
  build: (given: { a: Tensor; b: Tensor; matrix: Tensor; w: Tensor; builder: GraphBuilder }) => void,
) {
  const builder = new GraphBuilder("test");
  const shape = [16, large / 16];
  const [a, b] = ["a", "b"].map((name) => builder.input(name, { type: "tensor" }, shape));
  const matrix = builder.input("matrix", { type: "tensor" }, [large / 16, large / 16]);
  build({ a: a!, b: b!, matrix, w: builder.variable("w", shape), builder });
  const places = lastingPlaces<string>("variables", [
    ["w", large],
    ["u", 80],
    ["v", 80],
  ]);
  return planProgram(bindDimensions(builder.build(), {}), {
    outputs: undefined,
    placeOfVariable: (name) => places.get(name)!,
    limits,
    products: () => "blocks",
  });
}
const labels = (...given: Parameters<typeof planOf>) => planOf(...given).kernels.map(({ label }) => label);

describe("one kernel", () => {
  it("computes a product and the elementwise operations behind it", () => {
    const kernels = labels(({ a, b, matrix, builder }) => {
      const bias = reshape(reduceSum(matrix, { axes: [0] }), [large / 16]);
      builder.output("y", multiply(relu(biasAdd(matMul(a, matrix), bias)), b));
    });
    expect(kernels).toEqual(["reduceSum", "matMul+multiply"]);
  });

  it("stores on the way what others read as well", () => {
    const { kernels } = planOf(({ a, b, matrix, builder }) => {
      const y = relu(matMul(a, matrix));
      builder.output("y", y);
      builder.output("z", multiply(y, b));
    });
    expect(kernels.map(({ label }) => label)).toEqual(["matMul+relu+multiply"]);
    expect(kernels[0]!.code.match(/fn store_/g)).toHaveLength(2);
  });

  it("sums what an elementwise operation gives", () => {
    const squares = ({ a, builder }: { a: Tensor; builder: GraphBuilder }) =>
      builder.output("y", reduceSum(multiply(a, a), { axes: [0] }));
    expect(labels(squares)).toEqual(["reduceSum"]);
  });

  it("computes what several operations make of the same elements", () => {
    const kernels = labels(({ a, b, w, builder }) => {
      const moved = add(multiply(w, constant(builder, 0.9)), a);
      builder.output("y", multiply(moved, b));
      builder.update("w", moved);
    });
    expect(kernels).toEqual(["add+multiply"]);
  });
});

describe("a kernel of its own", () => {
  it("is for what reads other elements than are at hand", () => {
    const kernels = labels(({ a, matrix, builder }) =>
      builder.output("y", transpose(matMul(a, matrix), [1, 0])),
    );
    expect(kernels).toEqual(["matMul", "transpose"]);
  });

  it("is for what needs a sum of what is at hand", () => {
    const kernels = labels(({ a, matrix, builder }) => {
      const y = matMul(a, matrix);
      builder.output("y", multiply(y, reduceSum(y, { axes: [0] })));
    });
    expect(kernels).toEqual(["matMul", "reduceSum", "multiply"]);
  });

  it("is for what would lie deeper than parsers of WGSL go", () => {
    const { kernels } = planOf(({ a, builder }) => {
      const chain = Array.from({ length: 200 }).reduce<Tensor>((sum) => add(relu(sum), a), a);
      builder.output("y", reduceSum(chain, { axes: [0] }));
    });
    expect(Math.max(...kernels.map(({ code }) => nesting(code)))).toBeLessThan(80);
  });

  it("is for what would repeat its index again and again", () => {
    const { kernels } = planOf(({ builder }) => {
      const x = builder.input("x", { type: "tensor" }, [3, 4, 5, 6]);
      const turned = Array.from({ length: 24 }).reduce<Tensor>((y) => transpose(y, [2, 0, 3, 1]), x);
      builder.output("y", relu(turned));
    });
    expect(Math.max(...kernels.map(({ code }) => code.length))).toBeLessThan(40_000);
  });
});

/** How deep parentheses lie within each other. */
const nesting = (code: string): number => {
  const depths = [0];
  for (const [parenthesis] of code.matchAll(/[()]/g))
    depths.push(depths.at(-1)! + (parenthesis === "(" ? 1 : -1));
  return Math.max(...depths);
};

describe("small kernels", () => {
  const halves = ({ a, b, matrix, builder }: Parameters<Parameters<typeof planOf>[0]>[0]) => {
    const sums = [a, b].map((each) => reduceSum(each, { axes: [0] }));
    const small = sums.map((each) => reduceSum(each, { axes: [0] }));
    builder.output("small", add(small[0]!, small[1]!));
    builder.output("large", matMul(a, matrix));
  };

  it("wait until no other can go on, and are one", () => {
    expect(labels(halves)).toEqual(["reduceSum", "reduceSum", "matMul", "2 small kernels"]);
  });

  it("wait within it for what they load", () => {
    expect(
      planOf(halves)
        .kernels.at(-1)!
        .code.match(/storageBarrier/g),
    ).toHaveLength(1);
  });

  it("wait before they update what others load, and for nothing that they load themselves", () => {
    const barriers = (...given: Parameters<typeof planOf>) =>
      planOf(...given).kernels.map(({ code }) => code.match(/storageBarrier/g)?.length ?? 0);
    const halve = (builder: GraphBuilder, name: string, old: Tensor) =>
      builder.update(name, multiply(old, constant(builder, 0.5)));
    const apart = barriers(({ builder }) => {
      for (const name of ["u", "v"]) halve(builder, name, builder.variable(name, [80]));
    });
    const read = barriers(({ builder }) => {
      const v = builder.variable("v", [80]);
      const parts = [30, 50].map((length) => builder.input(`x${length}`, { type: "tensor" }, [length]));
      builder.output("y", add(concat(parts, 0), v));
      halve(builder, "v", v);
    });
    expect(apart).toEqual([0]);
    expect(read).toEqual([1]);
  });
});

describe("a tensor that several kernels store", () => {
  it("is read when all of them have", () => {
    const kernels = labels(({ a, b, matrix, builder }) => {
      const small = reshape(
        reduceSum(reduceSum(b, { axes: [1] }), { axes: [0], keepDimensions: true }),
        [1, 1],
      );
      const column = add(small, constant(builder, 1));
      const joined = concat([a, a, a, a, broadcastLike(column, slice(a, 1, 0, 1))], 1);
      builder.output("y", matMul(slice(joined, 1, 1, large / 16 + 1), matrix));
    });
    expect(kernels.at(-1)).toBe("matMul");
  });
});

describe("a variable", () => {
  it("is updated where it lies when nothing needs its old value any more", () => {
    expect(planOf(({ a, w, builder }) => builder.update("w", add(w, a))).updates).toEqual([]);
    expect(planOf(({ a, builder }) => builder.update("w", relu(a))).updates).toEqual([]);
  });

  it("is copied to at the end when a later kernel needs the old value", () => {
    const { kernels, updates } = planOf(({ a, w, builder }) => {
      const moved = add(w, a);
      builder.update("w", moved);
      builder.output("sum", reduceSum(multiply(w, reduceSum(moved, { axes: [0] })), { axes: [0] }));
    });
    expect(kernels.map(({ label }) => label)).toEqual(["add", "reduceSum", "reduceSum"]);
    expect(updates).toHaveLength(1);
  });

  it("is copied to at the end when other elements of it are needed", () => {
    const { updates } = planOf(({ w, builder }) => {
      const turned = transpose(w, [1, 0]);
      builder.update("w", add(w, reshape(turned, w.shape)));
    });
    expect(updates).toHaveLength(1);
  });
});
