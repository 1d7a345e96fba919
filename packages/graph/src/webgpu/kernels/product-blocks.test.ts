import { expect, it } from "vitest";
import { GraphBuilder } from "../../builder.js";
import { bindDimensions } from "../../dimensions.js";
import { relativeError } from "../../fixtures/case-graph.js";
import { openDevice, runWebgpu, whySkipped } from "../../fixtures/run-webgpu.js";
import { interpret } from "../../interpreter/interpret.js";
import { referenceTensor } from "../../interpreter/reference-tensor.js";
import { matMul } from "../../operations/mat-mul.js";

it.skipIf(whySkipped)(`rounds a sum of a thousand numbers like one of a hundred${whySkipped}`, async () => {
  const builder = new GraphBuilder("positive");
  const steps = 1023;
  const a = builder.input("a", { type: "tensor" }, [8, steps]);
  const b = builder.input("b", { type: "tensor" }, [steps, 8]);
  builder.output("product", matMul(a, b));
  const graph = bindDimensions(builder.build(), {});
  const values = (shape: readonly number[], by: number) =>
    referenceTensor(
      shape,
      Float32Array.from({ length: 8 * steps }, (_, i) => 1 + Math.sin(i * by)),
    );
  const feeds = { a: values([8, steps], 1.7), b: values([steps, 8], 0.9) };
  const device = await openDevice();
  const { outputs } = await runWebgpu(device, graph, feeds, { products: () => "blocks" });
  const expected = interpret(graph, feeds).outputs.get("product")!.data;
  expect(relativeError(outputs.get("product")!, expected)).toBeLessThan(1.5e-7);
  device.destroy();
});
