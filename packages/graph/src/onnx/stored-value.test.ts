import { fromBinary } from "@bufbuild/protobuf";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { add } from "../operations/arithmetic.js";
import { matMul } from "../operations/mat-mul.js";
import type { Graph } from "../types.js";
import { ModelProtoSchema } from "./generated/onnx_pb.js";
import type { StoredValue } from "./stored-value.js";
import { toOnnx } from "./to-onnx.js";

async function run(graph: Graph, w: StoredValue, x: Float32Array, dims: readonly number[]) {
  const session = await InferenceSession.create(toOnnx(graph, { values: new Map([["w", w]]) }));
  const { y } = await session.run({ x: new Tensor("float32", x, dims) });
  await session.release();
  return [...(y!.data as Float32Array)];
}

/** −3 … 2 in rows of three, × rows × columns: [[−30, −200, −1000], [0, 200, 4000]]. */
const scales = { rows: Float32Array.of(1, 2), columns: Float32Array.of(10, 100, 1000) };
const whole = [-30, -200, -1000, 0, 200, 4000];
const stored: readonly (readonly [string, StoredValue])[] = [
  ["float32", Float32Array.from(whole)],
  // As NumPy gives them: numpy.float16(whole).view(numpy.uint16).
  ["float16", { type: "float16", halves: Uint16Array.of(0xcf80, 0xda40, 0xe3d0, 0, 0x5a40, 0x6bd0) }],
  ["int8", { type: "int8", integers: Int8Array.of(-3, -2, -1, 0, 1, 2), ...scales }],
  ["int4", { type: "int4", integers: Int8Array.of(0xed, 0x0f, 0x21), ...scales }],
];

describe.each(stored)("a value stored as %s", (_, value) => {
  it("is what it stands for", async () => {
    const builder = new GraphBuilder("shown");
    const x = builder.input("x", { type: "tensor" }, [2, 3]);
    builder.output("y", add(x, builder.variable("w", [2, 3])));
    expect(await run(builder.build(), value, new Float32Array(6), [2, 3])).toEqual(whole);
  });

  it("is what it stands for with more axes", async () => {
    const builder = new GraphBuilder("shown");
    const x = builder.input("x", { type: "tensor" }, [2, 1, 3]);
    builder.output("y", add(x, builder.variable("w", [2, 1, 3])));
    expect(await run(builder.build(), value, new Float32Array(6), [2, 1, 3])).toEqual(whole);
  });

  it.each([
    ["plain", [2, 3], { transposeB: false }, [1, 0, 0, 1], whole],
    ["mixed", [2, 3], { transposeB: false }, [2, 1, -1, 3], [-60, -200, 2000, 30, 800, 13000]],
    ["transposed", [2, 3], { transposeB: true }, [1, 0, 0, 0, 1, 1], [-30, 0, -1200, 4200]],
  ] as const)("is multiplied as what it stands for: %s", async (_, shape, attributes, x, expected) => {
    const builder = new GraphBuilder("multiplied");
    const width = x.length / 2;
    const input = builder.input("x", { type: "tensor" }, ["batch", width]);
    builder.output("y", matMul(input, builder.variable("w", [...shape]), attributes));
    expect(await run(builder.build(), value, Float32Array.from(x), [2, width])).toEqual(expected);
  });
});

it("holds int4 without operators that read bits, or casts that wrap around: runtimes differ there", () => {
  const builder = new GraphBuilder("plain");
  builder.output("y", matMul(builder.input("x", { type: "tensor" }, [1, 2]), builder.variable("w", [2, 3])));
  const values = new Map(stored.filter(([type]) => type === "int4").map(([, value]) => ["w", value]));
  const { graph, opsetImport } = fromBinary(ModelProtoSchema, toOnnx(builder.build(), { values }));
  const types = graph!.node.map(({ opType }) => opType);
  expect(types).toEqual(["Cast", "Gather", "Reshape", "Cast", "Mul", "Gemm", "Mul"]);
  expect(opsetImport.map(({ version }) => version)).toEqual([15n]);
});

it("refuses integers and scales that do not fit the variable", () => {
  const builder = new GraphBuilder("short");
  builder.output("y", matMul(builder.input("x", { type: "tensor" }, [1, 2]), builder.variable("w", [2, 3])));
  const graph = builder.build();
  const withValue = (value: StoredValue) => () => toOnnx(graph, { values: new Map([["w", value]]) });
  const short = { type: "int8", integers: new Int8Array(5), ...scales } as const;
  expect(withValue(short)).toThrow("'w' has 5 elements instead of 6");
  expect(withValue({ ...short, integers: new Int8Array(6), rows: new Float32Array(3) })).toThrow(
    "'w' has 9 elements instead of 6",
  );
  expect(withValue({ type: "float16", halves: new Uint16Array(7) })).toThrow("'w' has 7 elements");
});

it("may be an odd number of int4", async () => {
  const builder = new GraphBuilder("odd");
  builder.output("y", matMul(builder.input("x", { type: "tensor" }, [1, 1]), builder.variable("w", [1, 3])));
  const integers = Int8Array.of(0xf8, 0x07);
  const value = {
    type: "int4",
    integers,
    rows: Float32Array.of(2),
    columns: Float32Array.of(1, 10, 100),
  } as const;
  expect(await run(builder.build(), value, Float32Array.of(1), [1, 1])).toEqual([-16, -20, 1400]);
});
