// A run whose results land in arrays that are there.
//
// onnxruntime-node 1.30 computes into tensors that it is given, and then copies each of them into a new array all the
// same: 233 MB in each step of AlexNet. It copies output after output when all are computed, and stops at one that is no
// tensor. A model for `runInto` therefore has such an output, its first.
import type { InferenceSession, Tensor } from "onnxruntime-common";
import type { OnnxRuntime } from "./onnx-runtime.js";

/** The name of that output. */
export const UNREADABLE = "unreadable";

const stoppedThere = /Non tensor type/;

/** An output's place. */
export interface Destination {
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

/** Runs a model that was written with the output {@link UNREADABLE}. */
export async function runInto(
  session: InferenceSession,
  { Tensor }: Pick<OnnxRuntime, "Tensor">,
  feeds: Readonly<Record<string, Tensor>>,
  outputs: Readonly<Record<string, Destination>>,
): Promise<void> {
  const tensors = Object.entries(outputs).map(
    ([name, { data, shape }]) => [name, new Tensor("float32", data, shape)] as const,
  );
  try {
    await session.run(feeds, { [UNREADABLE]: null, ...Object.fromEntries(tensors) });
  } catch (cause) {
    if (!stoppedThere.test(String(cause))) throw cause;
  }
}

/** The same of any model, where the runtime computes into arrays of its own. */
export async function runAndCopy(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  outputs: Readonly<Record<string, Destination>>,
): Promise<void> {
  const results = await session.run(feeds, Object.keys(outputs));
  for (const [name, { data }] of Object.entries(outputs)) data.set(results[name]!.data as Float32Array);
}
