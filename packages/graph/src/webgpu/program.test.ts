import { randomStream } from "@fleuron/model";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GraphBuilder } from "../builder.js";
import { bindDimensions } from "../dimensions.js";
import { relativeError } from "../fixtures/case-graph.js";
import { openDevice, runWebgpu, whySkipped } from "../fixtures/run-webgpu.js";
import { interpret } from "../interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { add, divide, multiply } from "../operations/arithmetic.js";
import { concat } from "../operations/concat.js";
import { constant } from "../operations/constant.js";
import { matMul } from "../operations/mat-mul.js";
import { reshape } from "../operations/reshape.js";
import { sqrt } from "../operations/sqrt.js";
import { reduceSum } from "../operations/sum-and-broadcast.js";
import { compileProgram } from "./program.js";
import { DeviceVariables } from "./variables.js";

describe.skipIf(whySkipped)(`a program on WebGPU${whySkipped}`, () => {
  let device: GPUDevice;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => device.destroy());

  const variablesOf = (shapes: Readonly<Record<string, readonly number[]>>) =>
    DeviceVariables.create(device, Object.entries(shapes));

  function graphOf(build: (builder: GraphBuilder) => void) {
    const builder = new GraphBuilder("test");
    build(builder);
    return bindDimensions(builder.build(), {});
  }

  /** A graph, and normal numbers for the names that `drawn` is asked for. */
  function drawnGraph(
    build: (builder: GraphBuilder, drawn: (name: string, length: number) => string) => void,
  ) {
    const feeds: Record<string, ReferenceTensor> = {};
    const graph = graphOf((builder) =>
      build(builder, (name, length) => {
        const random = randomStream(1, "augment", 0, Object.keys(feeds).length);
        feeds[name] = referenceTensor(
          [length],
          Float32Array.from({ length }, () => random.normal()),
        );
        return name;
      }),
    );
    return { graph, feeds };
  }

  const sums = graphOf((builder) => {
    const x = builder.input("x", { type: "tensor" }, [3]);
    const w = builder.variable("w", [3]);
    builder.output("sum", add(x, w));
    builder.update("w", add(x, w));
  });

  it("updates its variables after each run, and other programs see them", async () => {
    const variables = await variablesOf({ w: [3] });
    const [first, second] = [await compileProgram(sums, variables), await compileProgram(sums, variables)];
    variables.write("w", Float32Array.of(1, 2, 3));
    expect([...(await first.run({ x: Float32Array.of(10, 20, 30) })).get("sum")!]).toEqual([11, 22, 33]);
    expect([...(await second.run({ x: Float32Array.of(1, 1, 1) })).get("sum")!]).toEqual([12, 23, 34]);
    expect([...(await variables.read("w"))]).toEqual([12, 23, 34]);
  });

  it("updates variables together: each new value comes from the old ones", async () => {
    const exchange = graphOf((builder) => {
      const [a, b] = [builder.variable("a", [2]), builder.variable("b", [2])];
      builder.update("a", b);
      builder.update("b", a);
    });
    const variables = await variablesOf({ a: [2], b: [2] });
    variables.write("a", Float32Array.of(1, 2));
    variables.write("b", Float32Array.of(3, 4));
    await (await compileProgram(exchange, variables)).run({});
    expect([...(await variables.read("a")), ...(await variables.read("b"))]).toEqual([3, 4, 1, 2]);
  });

  it("updates a variable when all that reads the old value has, in whichever order elements are done", async () => {
    const { graph, feeds } = drawnGraph((builder, drawn) => {
      const parts = [15, 15, 15, 15, 20].map((length, index) =>
        builder.input(drawn(`part${index}`, length), { type: "tensor" }, [length]),
      );
      const v = builder.variable(drawn("v", 80), [80]);
      builder.output("y", add(concat(parts, 0), v));
      builder.update("v", multiply(v, constant(builder, 0.5)));
    });
    const { outputs, updates, dispatches } = await runWebgpu(device, graph, feeds);
    const expected = interpret(graph, feeds);
    expect(dispatches).toBe(1);
    expect(relativeError(outputs.get("y")!, expected.outputs.get("y")!.data)).toBeLessThan(1e-6);
    expect(relativeError(updates.get("v")!, expected.updates.get("v")!.data)).toBeLessThan(1e-6);
  });

  it("clips a gradient by the norm of 200", async () => {
    const { graph, feeds } = drawnGraph((builder, drawn) => {
      const gradients = Array.from({ length: 200 }, (_, index) =>
        builder.input(drawn(`gradient${index}`, 1), { type: "tensor" }, [1]),
      );
      const squares = gradients.map((gradient) => multiply(gradient, gradient));
      builder.output("clipped", divide(gradients[0]!, sqrt(squares.reduce(add))));
    });
    const { outputs } = await runWebgpu(device, graph, feeds);
    const expected = interpret(graph, feeds).outputs.get("clipped")!;
    expect(relativeError(outputs.get("clipped")!, expected.data)).toBeLessThan(1e-6);
  });

  it("gives back what it was given, and numbers, in any shape", async () => {
    const passing = graphOf((builder) => {
      const x = builder.input("x", { type: "tensor" }, [2, 2]);
      builder.output("same", x);
      builder.output("flat", reshape(x, [4]));
      builder.output("number", constant(builder, -1.5));
    });
    const program = await compileProgram(passing, await variablesOf({}));
    const outputs = await program.run({ x: Float32Array.of(1, 2, 3, 4) });
    expect([...outputs].map(([name, data]) => [name, ...data])).toEqual([
      ["same", 1, 2, 3, 4],
      ["flat", 1, 2, 3, 4],
      ["number", -1.5],
    ]);
  });

  it.each(["float16", "int8", "int4"] as const)(
    "multiplies with %s as it lies in a file",
    async (packing) => {
      const product = graphOf((builder) => {
        const x = builder.input("x", { type: "tensor" }, [1, 5]);
        builder.output("y", matMul(x, builder.variable("w", [5, 3])));
      });
      const numbers = Array.from({ length: 15 }, (_, index) => index - 7);
      const rows = [1, 2, 0.5, -1, 4];
      const columns = [0.25, 3, -2];
      const packed = {
        float16: Uint8Array.from(numbers.flatMap((value) => [toHalf(value) & 255, toHalf(value) >> 8])),
        int8: Uint8Array.from(numbers),
        int4: Uint8Array.from(
          { length: 8 },
          (_, at) => (numbers[2 * at]! & 15) | ((numbers[2 * at + 1] ?? 0) << 4),
        ),
      };
      const variables = await DeviceVariables.create(device, [
        ["w", [5, 3], packing],
        ["w/rows", [5]],
        ["w/columns", [3]],
      ]);
      variables.write("w", packed[packing]);
      variables.write("w/rows", Float32Array.from(rows));
      variables.write("w/columns", Float32Array.from(columns));
      const program = await compileProgram(product, variables);
      const x = Float32Array.of(1, 2, 3, 4, 5);
      const scale = (row: number, column: number) =>
        packing === "float16" ? 1 : rows[row]! * columns[column]!;
      const expected = columns.map((_, column) =>
        x.reduce((sum, value, row) => sum + value * numbers[3 * row + column]! * scale(row, column), 0),
      );
      expect([...(await program.run({ x })).get("y")!]).toEqual(expected);
    },
  );

  it("takes no kernel for a reshape or a number", async () => {
    const shaped = (inner: (x: Tensor) => Tensor) =>
      graphOf((builder) => {
        const x = builder.input("x", { type: "tensor" }, [2, 3]);
        builder.output("y", multiply(inner(x), constant(builder, 2)));
      });
    for (const inner of [(x: Tensor) => x, (x: Tensor) => reshape(x, [6])]) {
      expect((await compileProgram(shaped(inner), await variablesOf({}))).dispatches).toBe(1);
    }
  });

  it("divides what is long among invocations, and adds it in one order", async () => {
    const [rows, steps] = [3, 50_000];
    const long = graphOf((builder) => {
      const x = builder.input("x", { type: "tensor" }, [rows, steps]);
      const y = builder.input("y", { type: "tensor" }, [steps, 2]);
      builder.output("product", matMul(x, y));
      builder.output("sum", reduceSum(x, { axes: [1] }));
    });
    const program = await compileProgram(long, await variablesOf({}));
    expect(program.dispatches).toBe(3);
    const x = Float32Array.from({ length: rows * steps }, (_, index) => (index % 7) - 3 + index / steps);
    const y = Float32Array.from({ length: steps * 2 }, (_, index) => (index % 5) - 2);
    const outputs = await program.run({ x, y });
    const expected = Array.from({ length: rows }, (_, row) => {
      const of = (factor: (step: number) => number) =>
        Array.from({ length: steps }, (_, step) => x[row * steps + step]! * factor(step)).reduce(
          (sum, value) => sum + value,
        );
      return { sum: of(() => 1), products: [of((step) => y[2 * step]!), of((step) => y[2 * step + 1]!)] };
    });
    const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 0));
    expect([...outputs.get("sum")!]).toEqual(close(expected.map(({ sum }) => sum)));
    expect([...outputs.get("product")!]).toEqual(close(expected.flatMap(({ products }) => products)));
  });

  it("submits a run in pieces where the device was slow, and computes the same", async () => {
    const chain = graphOf((builder) => {
      const x = builder.input("x", { type: "tensor" }, [70, 70]);
      const w = builder.variable("w", [70, 70]);
      const y = matMul(matMul(matMul(x, w), w), w);
      builder.output("y", y);
      builder.update("w", add(w, reshape(reduceSum(y, { axes: [0, 1] }), [1, 1])));
    });
    const variables = await variablesOf({ w: [70, 70] });
    const program = await compileProgram(chain, variables);
    const numbers = (by: number) => Float32Array.from({ length: 4900 }, (_, i) => Math.sin(i * by));
    const submit = vi.spyOn(device.queue, "submit");
    const run = async () => {
      variables.write("w", numbers(0.3));
      submit.mockClear();
      const outputs = await program.run({ x: numbers(1.1) });
      const submissions = submit.mock.calls.length;
      return { submissions, results: [outputs.get("y"), await variables.read("w")] };
    };
    const first = await run();
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => (now += 10_000));
    await run();
    clock.mockRestore();
    const second = await run();
    submit.mockRestore();
    // Each product by itself, and then the sum with the update.
    expect([first.submissions, second.submissions]).toEqual([1, 4]);
    expect(second.results).toEqual(first.results);
  });

  it("says what is fed wrongly", async () => {
    const program = await compileProgram(sums, await variablesOf({ w: [3] }));
    await expect(program.run({})).rejects.toMatchObject({
      code: "graph-invalid",
      message: "run: 'x' was not fed.",
    });
    await expect(program.run({ x: new Float32Array(4) })).rejects.toThrow(
      "run: 'x' was fed 4 elements and has 3.",
    );
  });

  it("says which output or variable is none, or another", async () => {
    const variables = await variablesOf({ w: [3] });
    await expect(compileProgram(sums, variables, { outputs: ["product"] })).rejects.toMatchObject({
      code: "graph-invalid",
      subject: "product",
    });
    await expect(compileProgram(sums, await variablesOf({ v: [3] }))).rejects.toMatchObject({
      code: "graph-invalid",
      subject: "w",
    });
    await expect(compileProgram(sums, await variablesOf({ w: [2], v: [3] }))).rejects.toMatchObject({
      code: "graph-invalid",
      message: "'w' has 2 elements of 32 bits on the device but 3 in the graph.",
      subject: "w",
    });
    expect(() => variables.write("w", new Float32Array(2))).toThrow(
      "'w' has 3 elements of 32 bits on the device but 2 were given.",
    );
  });

  it("says what a device has no memory for", async () => {
    await expect(variablesOf({ huge: [2 ** 27] })).rejects.toMatchObject({
      code: "device-memory",
      kind: "machine",
      message: expect.stringContaining("a buffer of 537 MB, and it has at most"),
    });
  });
});

/** A whole number below 1024, as the bits of a half. */
function toHalf(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | ((Math.abs(value) / 2 ** exponent - 1) * 1024);
}
