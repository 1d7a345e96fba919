// How does onnxruntime multiply with a stored matrix? AlexNet's first dense layer alone, 9216 × 4096, in the ways
// that ONNX has: why Fleuron writes Cast, and neither DequantizeLinear nor MatMulNBits.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GraphBuilder, matMul } from "@fleuron/graph";
import { type LoweringTable, onnxLowerings, type StoredValue, toOnnx } from "@fleuron/graph/onnx";
import { loadAverage } from "../compare/machine.js";
import { temporaryFolder } from "../temporary-folder.js";
import { type Contender, measureAll } from "./contenders.js";
import type { InferenceOptions } from "./options.js";
import { printResults, progressLine } from "./print.js";

const [height, width] = [9216, 4096];

type MatMulLowering = LoweringTable["matMul"];

/** The whole model is this one product; its matrix comes from the lowering, or from the stored value `w`. */
function model(matrix: StoredValue | MatMulLowering): Uint8Array {
  const builder = new GraphBuilder("product");
  const x = builder.input("x", { type: "tensor" }, ["batch", height]);
  builder.output("y", matMul(x, builder.variable("w", [height, width])));
  const isLowering = typeof matrix === "function";
  return toOnnx(builder.build(), {
    values: new Map([["w", isLowering ? new Float32Array(height * width) : matrix]]),
    ...(isLowering && { lowerings: { ...onnxLowerings, matMul: matrix } }),
  });
}

function bytes(length: number): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(length);
  for (let i = 0; i < length; i++) values[i] = i * 151;
  return values;
}
const signed = (length: number) => new Int8Array(bytes(length).buffer);
const scales = (length: number) => new Float32Array(length).fill(0.001);

/** The quantised matrix [width, blocks, bytes of a block] of onnxruntime's own operator. */
const matMulNBits =
  (bits: 4 | 8, block: number, accuracyLevel: 0 | 4): MatMulLowering =>
  ({ inputs: [x], emit }) => {
    const blocks = height / block;
    const matrix = emit.named({
      name: "quantised",
      type: "uint8",
      shape: [width, blocks, (block * bits) / 8],
      data: bytes((width * height * bits) / 8),
    });
    const scale = emit.named({
      name: "scales",
      type: "float32",
      shape: [width, blocks],
      data: scales(width * blocks),
    });
    const attributes = {
      K: { int: height },
      N: { int: width },
      bits: { int: bits },
      block_size: { int: block },
      accuracy_level: { int: accuracyLevel },
    };
    return [emit.node("MatMulNBits", [x!.name, matrix, scale], attributes, { domain: "com.microsoft" })];
  };

const dequantizeLinear: MatMulLowering = ({ inputs: [x], emit }) => {
  const shape = [height, width];
  const matrix = emit.named({ name: "quantised", type: "int8", shape, data: signed(height * width) });
  const scale = emit.named({ name: "scales", type: "float32", shape: [width], data: scales(width) });
  return [emit.node("Gemm", [x!.name, emit.node("DequantizeLinear", [matrix, scale], { axis: { int: 1 } })])];
};

const scaled = { rows: scales(height), columns: scales(width) };
const size = height * width;
const models: readonly (readonly [string, () => Uint8Array])[] = [
  ["float32", () => model(new Float32Array(size).fill(0.01))],
  ["float16, Cast", () => model({ type: "float16", halves: new Uint16Array(size).fill(0x2000) })],
  ["int8, Cast", () => model({ type: "int8", integers: signed(size), ...scaled })],
  ["int8, DequantizeLinear", () => model(dequantizeLinear)],
  ["int8, MatMulNBits, block 128", () => model(matMulNBits(8, 128, 0))],
  ["int8, MatMulNBits, block 128, accuracy_level 4", () => model(matMulNBits(8, 128, 4))],
  ["int4, Cast", () => model({ type: "int4", integers: signed(size / 2), ...scaled })],
  ["int4, MatMulNBits, block 64", () => model(matMulNBits(4, 64, 0))],
  ["int4, MatMulNBits, block 64, accuracy_level 4", () => model(matMulNBits(4, 64, 4))],
];

export async function compareKernels({ steps, threads, json }: InferenceOptions): Promise<void> {
  const loadBefore = loadAverage();
  const onProgress = progressLine();
  await using temporary = await temporaryFolder("kernels");
  const written: Contender[] = [];
  for (const [index, [name, make]] of models.entries()) {
    const content = make();
    const path = join(temporary.folder, `${index}.onnx`);
    await writeFile(path, content);
    const session = {
      files: [path],
      input: ["x", 1, height] as [string, number, number],
    };
    written.push({ model: name, bytes: content.length, session: { ...session, place: "cpu", threads } });
  }
  const contenders = [
    ...written,
    ...written.map((contender) => ({
      ...contender,
      session: { ...contender.session, place: "wasm" as const, threads: 1 },
    })),
  ];
  const results = await measureAll(contenders, { steps, onProgress });
  onProgress?.("");
  printResults(results, { json, steps, loadBefore });
  if (results.some((result) => "failed" in result)) process.exitCode = 1;
}
