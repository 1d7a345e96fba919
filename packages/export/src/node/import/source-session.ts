// The imported file itself in onnxruntime, as what it was imported from: images in, probabilities out.

import { inputSides, type PreprocessingSpecification } from "@fleuron/model";
import {
  type BoundInputs,
  type ClassifyingOutput,
  classifyingOutput,
  importSource,
} from "@fleuron/onnx-import";
import type { SourceFile } from "@fleuron/onnx-import/node";
import { onnxruntime } from "@fleuron/runtime-node";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { exportError } from "../../errors.js";
import { fromFloat16 } from "../../precisions/from-float16.js";
import { toFloat16 } from "../../precisions/to-float16.js";
import { channelsLast } from "../channels-last.js";

export interface SourceSession extends AsyncDisposable {
  /** How many images it takes at a time. */
  readonly batch: number;
  /** Whether it takes or gives float16, and so rounds what it computes. */
  readonly rounds: boolean;
  /** Images as it takes them: rounded, where it takes float16. */
  taken(images: Float32Array): Float32Array;
  /**
   * @param images [batch, 3, height, width].
   * @returns [batch, labels].
   */
  run(images: Float32Array): Promise<Float32Array>;
}

export interface SourceSessionOptions {
  readonly source: SourceFile;
  readonly preprocessing: PreprocessingSpecification;
  readonly inputs: BoundInputs;
}

/** @throws FleuronError `source-unusable` with onnxruntime's words; those of `importOnnx`. */
export async function openSource({
  source,
  preprocessing,
  inputs,
}: SourceSessionOptions): Promise<SourceSession> {
  const { height, width } = inputSides(preprocessing);
  const imported = importSource(source, {
    imageSize: [height, width],
    inputs,
  });
  const output = classifyingOutput(imported);
  const unusable = (cause: unknown) =>
    exportError("source-unusable", `onnxruntime cannot run ${source.path}: ${(cause as Error).message}`, {
      subject: source.path,
      cause,
    });
  const session = await onnxruntime.InferenceSession.create(source.path, {
    executionProviders: ["cpu"],
  }).catch((cause: unknown) => Promise.reject(unusable(cause)));
  const image = session.inputMetadata.find(({ name }) => name === imported.input.name);
  const takesHalves = image?.isTensor === true && image.type === "float16";
  const given = session.outputMetadata.find(({ name }) => name === output.name);
  const givesHalves = given?.isTensor === true && given.type === "float16";
  const stated = image?.isTensor ? image.shape[0] : undefined;
  const batch = typeof stated === "number" && stated > 0 ? stated : 1;
  return {
    batch,
    rounds: takesHalves || givesHalves,
    taken: (images) => (takesHalves ? fromFloat16(toFloat16(images)) : images),
    async run(images) {
      const shape = imported.input.layout === "NCHW" ? [batch, 3, height, width] : [batch, height, width, 3];
      const data = imported.input.layout === "NCHW" ? images : channelsLast(images, 3, height * width);
      const feeds = Object.fromEntries(
        session.inputMetadata.map((input) => [
          input.name,
          input.name === imported.input.name
            ? imageTensor(data, shape, takesHalves)
            : otherInput(input, inputs[input.name]),
        ]),
      );
      const results = await session
        .run(feeds, [output.name])
        .catch((cause: unknown) => Promise.reject(unusable(cause)));
      return probabilitiesOf(numbersOf(results[output.name]!), output);
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}

const imageTensor = (data: Float32Array, shape: readonly number[], halves: boolean): Tensor =>
  halves
    ? new onnxruntime.Tensor("float16", toFloat16(data), shape)
    : new onnxruntime.Tensor("float32", data, shape);

function numbersOf({ data, type }: Tensor): Float32Array {
  if (type !== "float16") return data as Float32Array;
  // Where there is a Float16Array, onnxruntime gives one.
  return data instanceof Uint16Array ? fromFloat16(data) : Float32Array.from(data as Iterable<number>);
}

/** What was bound, or zeros for an input that nothing depends on. */
function otherInput(
  input: InferenceSession.ValueMetadata,
  bound: number | readonly number[] | undefined,
): Tensor {
  if (!input.isTensor) throw new Error(`internal: '${input.name}' is no tensor`);
  const given = bound === undefined ? undefined : [bound].flat();
  const shape = input.shape.map((length) =>
    typeof length === "number" && length >= 0 ? length : (given?.length ?? 1),
  );
  const numbers = given ?? new Array<number>(shape.reduce((product, length) => product * length, 1)).fill(0);
  if (input.type === "int64") return new onnxruntime.Tensor(input.type, numbers.map(BigInt), shape);
  return new onnxruntime.Tensor(input.type, numbers, shape);
}

/** What a file's output says of the labels, as probabilities. */
export function probabilitiesOf(
  values: Float32Array,
  { gives, numbers }: Pick<ClassifyingOutput, "gives" | "numbers">,
): Float32Array {
  const rows = Array.from({ length: values.length / numbers }, (_, row) => [
    ...values.subarray(row * numbers, (row + 1) * numbers),
  ]);
  return Float32Array.from(rows.flatMap((row) => ofRow(row, gives)));
}

function ofRow(row: readonly number[], gives: ClassifyingOutput["gives"]): readonly number[] {
  const [only] = row;
  if (row.length === 1 && gives === "probabilities") return [1 - only!, only!];
  if (gives === "probabilities") return row;
  const logits = row.length === 1 ? [0, only!] : row;
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
