import { type BundlePrecision, type Parameter, sizeOf, storagePrecisions } from "@fleuron/model";
import { exportError } from "./errors.js";

/** The largest protobuf message: https://protobuf.dev/programming-guides/proto-limits. */
const MOST_BYTES = 2 ** 31 - 1;

/** @throws FleuronError `file-too-large` for weights that no single ONNX file can hold. */
export function requireOneFile(
  precision: BundlePrecision,
  parameters: readonly Pick<Parameter, "shape" | "fewestBits">[],
): void {
  const { bits } = storagePrecisions[precision];
  const bytes = parameters.reduce(
    (sum, { shape, fewestBits }) => sum + (sizeOf(shape) * Math.max(bits, fewestBits)) / 8,
    0,
  );
  if (bytes <= MOST_BYTES) return;
  const gigabytes = (bytes / 1e9).toFixed(1);
  throw exportError(
    "file-too-large",
    `The weights take ${gigabytes} GB in ${precision}, and an ONNX file holds 2 GB at most.`,
    { subject: "singleFile", hint: "Let them lie beside the model, or export fewer bits." },
  );
}
