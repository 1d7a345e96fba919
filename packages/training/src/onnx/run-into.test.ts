import { GraphBuilder, multiply } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import * as ort from "onnxruntime-node";
import { expect, it, vi } from "vitest";
import { runInto, UNREADABLE } from "./run-into.js";

const builder = new GraphBuilder("square");
const x = builder.input("x", { type: "tensor" }, [3]);
builder.output("square", multiply(x, x));
const session = await ort.InferenceSession.create(toOnnx(builder.build(), { unreadable: UNREADABLE }));
const input = new ort.Tensor("float32", Float32Array.of(1, 2, 3), [3]);

it("puts results where they are wanted, and ends before onnxruntime copies them", async () => {
  const run = vi.spyOn(session, "run");
  const square = { data: new Float32Array(3), shape: [3] };
  await runInto(session, ort, { x: input }, { square });
  expect([...square.data]).toEqual([1, 4, 9]);
  await expect(run.mock.results[0]!.value).rejects.toThrow("Non tensor type");
});

it("throws what else goes wrong", async () => {
  const square = { data: new Float32Array(2), shape: [2] };
  await expect(runInto(session, ort, { x: input }, { square })).rejects.toThrow("invalid dimensions");
});
