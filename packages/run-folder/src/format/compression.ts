// Where a compressed run comes from, what each step has given up and won, and how its kernels are best stored.
import { kernelBits } from "@fleuron/model";
import * as v from "valibot";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const number = v.pipe(v.number(), v.finite());

const stepSchema = v.strictObject({
  /** "trained", "cut", "fine-tuned" or "rounded". */
  step: v.picklist(["trained", "cut", "fine-tuned", "rounded"]),
  /** Those that the network has after the step. */
  parameters: count,
  /** Its compact file on the wire, compressed by brotli: measured of the last step, estimated of those before. */
  bytes: count,
  /** On the validation photos, measured once, when all was done. */
  valAccuracy: number,
  valLoss: number,
  /** One photo on the processor, the median of several. */
  milliseconds: number,
});

export const compressionSchema = v.strictObject({
  /** The folder of the run that was compressed. */
  run: v.string(),
  targetBytes: v.optional(count),
  /** In points of accuracy, on training photos that the search held out. */
  maxDrop: v.optional(number),
  /** In order; the first is the network as it was trained. */
  steps: v.pipe(v.array(stepSchema), v.readonly()),
  /** By the kernel's name. */
  kernelBits: v.record(v.string(), v.picklist(kernelBits)),
});

export type Compression = Readonly<v.InferOutput<typeof compressionSchema>>;
export type CompressionStep = Readonly<v.InferOutput<typeof stepSchema>>;
