import type { NetworkDescription } from "@fleuron/graph";
import type { KernelBits, PreprocessingSpecification } from "@fleuron/model";

/** A trained network as every format takes it. */
export interface TrainedModel {
  readonly network: NetworkDescription;
  /** In the order of the network's logits. */
  readonly labels: readonly string[];
  readonly preprocessing: PreprocessingSpecification;
  /** The exported model ends in softmax(logits ÷ temperature). */
  readonly temperature: number;
  /** A photo whose greatest probability is less is none of the labels. Absent: every photo is one of them. */
  readonly rejectBelow?: number;
  /** Every parameter of the network by its name, in its canonical layout. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** The bits in which the storage precision compact keeps each kernel. Default: those of int4. */
  readonly kernelBits?: ReadonlyMap<string, KernelBits> | undefined;
  /** What has other values in the storage precision compact, by its name: parameters that stay float32, as they go with the rounded kernels. */
  readonly compactWeights?: ReadonlyMap<string, Float32Array> | undefined;
  /** The accuracy on the validation photos in these bits, where it was measured. */
  readonly compactValAccuracy?: number | undefined;
}
