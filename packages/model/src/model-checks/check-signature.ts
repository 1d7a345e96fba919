import { inputType } from "../manifest/index.js";
import type { DescribedModel } from "./described-model.js";
import { modelCheckError } from "./errors.js";

/** An input or output as onnxruntime describes it. */
export interface TensorSignature {
  readonly name: string;
  /** Absent for what is no tensor. */
  readonly type?: string | undefined;
  /** A dimension that is no positive number may have any size; none at all: not known. */
  readonly shape?: readonly (number | string)[] | undefined;
}

export interface ModelSignature {
  readonly inputMetadata: readonly TensorSignature[];
  readonly outputMetadata: readonly TensorSignature[];
}

/**
 * Checks that a model, as whatever runs it has opened it, takes and gives what the manifest says: a batch of any size of
 * inputs in the preprocessing's size and of the stated type, and a probability for each label, in float32.
 * @throws FleuronError `manifest-invalid`.
 */
export function checkSignature(
  { inputMetadata, outputMetadata }: ModelSignature,
  { manifest, model, subject }: DescribedModel,
): void {
  const { input, output } = model;
  const problem =
    difference("input", inputMetadata, input.name, inputType(model), input.shape) ??
    difference("output", outputMetadata, output.name, "float32", ["batch", manifest.labels.length]);
  if (problem)
    throw modelCheckError("manifest-invalid", subject, `does not match the bundle's manifest: ${problem}`);
}

type Shape = readonly (number | string)[];

function difference(
  kind: "input" | "output",
  found: readonly TensorSignature[],
  name: string,
  wanted: string,
  expected: Shape,
): string | undefined {
  const tensor = found.find((tensor) => tensor.name === name);
  if (!tensor) return `it has no ${kind} '${name}', only ${found.map(({ name }) => `'${name}'`).join(", ")}`;
  const { type = "no tensor", shape = [] } = tensor;
  if (type === wanted && (shape.length === 0 || fits(shape, expected))) return undefined;
  return `its ${kind} '${name}' is ${type} [${shape.join(", ")}], not ${wanted} [${expected.join(", ")}]`;
}

const fits = (shape: Shape, expected: Shape): boolean =>
  shape.length === expected.length &&
  shape.every((size, axis) => !(Number(size) > 0) || size === expected[axis]);
