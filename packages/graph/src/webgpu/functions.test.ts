import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { bindDimensions } from "../dimensions.js";
import { openDevice, runWebgpu, whySkipped } from "../fixtures/run-webgpu.js";
import { interpret } from "../interpreter/interpret.js";
import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { erf } from "../operations/erf.js";
import { sigmoid, tanh } from "../operations/exponentials.js";
import { power } from "../operations/power.js";

describe.skipIf(whySkipped)(`WGSL's own functions${whySkipped}`, () => {
  let device: GPUDevice;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => device.destroy());

  /** What the device and the interpreter make of the same float32 numbers. */
  async function both(build: (...inputs: readonly Tensor[]) => Tensor, ...inputs: readonly Float32Array[]) {
    const builder = new GraphBuilder("functions");
    const tensors = inputs.map(({ length }, index) =>
      builder.input(`x${index}`, { type: "tensor" }, [length]),
    );
    builder.output("y", build(...tensors));
    const graph = bindDimensions(builder.build(), {});
    const feeds = Object.fromEntries(
      inputs.map((data, index) => [`x${index}`, referenceTensor([data.length], data)]),
    );
    const { outputs } = await runWebgpu(device, graph, feeds);
    return { actual: outputs.get("y")!, expected: interpret(graph, feeds).outputs.get("y")!.data };
  }

  const everywhere = Float32Array.from({ length: 20_001 }, (_, index) => (index - 10_000) / 1000);

  it.each([
    ["erf", erf],
    ["sigmoid", sigmoid],
    ["tanh", tanh],
  ])("%s is right to 2e-7 from -10 to 10, and keeps to its bounds beyond", async (_, apply) => {
    const far = [-3e38, -1000, -90, 90, 1000, 3e38];
    const { actual, expected } = await both(apply, Float32Array.of(...everywhere, ...far));
    const worst = expected.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - actual[index]!)),
      0,
    );
    expect(worst).toBeLessThan(2e-7);
    expect([...actual].every(Number.isFinite)).toBe(true);
  });

  it("raises negative numbers to whole powers, and 0", async () => {
    const pairs = [
      [-2, 3],
      [-2, 4],
      [-2, -3],
      [-1.5, 2],
      [-0.5, -1],
      [-3, 0],
      [0, 0],
      [0, 2],
      [0, 0.5],
      [2, -0.5],
    ] as const;
    const columns = [0, 1].map((column) => Float32Array.from(pairs, (pair) => pair[column]!));
    const { actual, expected } = await both(power, ...columns);
    expected.forEach((value, index) => {
      expect(actual[index], `${pairs[index]![0]} to the ${pairs[index]![1]}`).toBeCloseTo(value, 5);
    });
  });

  it("knows no power of a negative number between whole ones", async () => {
    const { actual, expected } = await both(
      power,
      Float32Array.of(-2, -0.5, -3),
      Float32Array.of(0.5, -1.5, 2),
    );
    expect(expected).toEqual(Float64Array.of(Number.NaN, Number.NaN, 9));
    expect([...actual]).toEqual([Number.NaN, Number.NaN, expect.closeTo(9, 5)]);
  });
});
