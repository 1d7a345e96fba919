// What this machine multiplies and moves at most, through onnxruntime on as many threads as a step has.
import { add, GraphBuilder, matMul } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { sizeOf } from "@fleuron/model";
import { runInto, UNREADABLE } from "@fleuron/training/onnx";
import * as ort from "onnxruntime-node";

/** Work that is done again and again, and timed. */
export interface Yardstick {
  /** Milliseconds. */
  measure(): Promise<number>;
  /** Additions and multiplications, or bytes read and written, each time. */
  readonly work: number;
}

const matrixSize = 2048;
/** Elements of vectors that no cache holds. */
const vectorLength = 2 ** 24;

/** The product of two matrices of 2048 × 2048. */
export const matrixProduct = (threads: number): Promise<Yardstick> =>
  yardstick(matMul, [matrixSize, matrixSize], threads, 2 * matrixSize ** 3);

/** The sum of two vectors of 64 MiB, element by element. */
export const vectorSum = (threads: number): Promise<Yardstick> =>
  yardstick(add, [vectorLength], threads, 3 * 4 * vectorLength);

async function yardstick(
  operation: typeof matMul | typeof add,
  shape: readonly number[],
  intraOpNumThreads: number,
  work: number,
): Promise<Yardstick> {
  const builder = new GraphBuilder("yardstick");
  const operand = (name: string) => builder.input(name, { type: "tensor" }, shape);
  builder.output("result", operation(operand("a"), operand("b")));
  const model = toOnnx(builder.build(), { unreadable: UNREADABLE });
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads, logSeverityLevel: 4 });
  const numbers = () => new Float32Array(sizeOf(shape)).fill(0.5);
  const tensor = () => new ort.Tensor("float32", numbers(), shape);
  const [feeds, results] = [{ a: tensor(), b: tensor() }, { result: { data: numbers(), shape } }];
  return {
    work,
    async measure() {
      const began = performance.now();
      await runInto(session, ort, feeds, results);
      return performance.now() - began;
    },
  };
}
