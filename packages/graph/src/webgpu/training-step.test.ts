import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relativeError } from "../fixtures/case-graph.js";
import { openDevice, openWebgpu, runWebgpu, smallTile, whySkipped } from "../fixtures/run-webgpu.js";
import { feeds, graph, training } from "../fixtures/small-step.js";
import { interpret } from "../interpreter/interpret.js";
import { gradientName } from "../loss-and-gradients.js";

describe.skipIf(whySkipped)(`a training step on WebGPU${whySkipped}`, () => {
  let device: GPUDevice;
  let expected: ReturnType<typeof interpret>;
  beforeAll(async () => {
    expected = interpret(training, feeds);
    device = await openDevice();
  });
  afterAll(() => device.destroy());

  it.each([
    ["blocks", "blocks"],
    ["tiles", smallTile],
  ] as const)("has the interpreter's loss, count, gradients and statistics, by %s", async (_, form) => {
    const actual = await runWebgpu(device, graph, feeds, { products: () => form });
    expect(actual.outputs.get("correctCount")).toEqual(
      Float32Array.from(expected.outputs.get("correctCount")!.data),
    );
    for (const [name, { data }] of expected.outputs) {
      expect(relativeError(actual.outputs.get(name)!, data), name).toBeLessThan(1e-5);
    }
    for (const [name, { data }] of expected.updates) {
      expect(relativeError(actual.updates.get(name)!, data), name).toBeLessThan(1e-6);
    }
  });

  it("repeats to the bit", async () => {
    const { variables, program, run } = await openWebgpu(device, graph, feeds);
    const seen = new Set<string>();
    for (let again = 0; again < 12; again++) {
      const { outputs, updates } = await run();
      const hash = createHash("sha256");
      for (const data of [...outputs.values(), ...updates.values()]) hash.update(data);
      seen.add(hash.digest("hex"));
    }
    expect(seen.size).toBe(1);
    program.destroy();
    variables.destroy();
  });

  it("is the same where bindings may be short", async () => {
    const whole = await runWebgpu(device, graph, feeds);
    const limits = { maxStorageBufferBindingSize: 256 * 1024 };
    const inPieces = await runWebgpu(device, graph, feeds, { limits });
    expect(inPieces.outputs).toEqual(whole.outputs);
  });

  it("computes what is asked for, and the updates", async () => {
    const all = await runWebgpu(device, graph, feeds);
    const some = await runWebgpu(device, graph, feeds, { outputs: ["loss"] });
    expect([...some.outputs]).toEqual([["loss", all.outputs.get("loss")]]);
    expect(some.updates).toEqual(all.updates);
    expect(some.dispatches).toBeLessThan(all.dispatches);
    expect(all.outputs.has(gradientName("conv1/kernel"))).toBe(true);
  });
});
