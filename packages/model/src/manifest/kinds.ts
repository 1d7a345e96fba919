// Apart from the schemas, for those who only name them.

export const bundleFormats = ["onnx", "tfjs-graph"] as const;

export type BundleFormat = (typeof bundleFormats)[number];

/** What a storage precision keeps of a weight; from this runtimes choose a model. */
export interface StoragePrecision {
  /** How many bits most weights take. */
  readonly bits: number;
  /** Error of a kernel beside its values, root mean square: the size of one that the tests of `export` hold. */
  readonly relativeError: number;
}

/** The storage precisions of weights; all models compute in float32, and give float32. */
export const storagePrecisions = {
  float32: { bits: 32, relativeError: 0 },
  float16: { bits: 16, relativeError: 2 ** -11 },
  int8: { bits: 8, relativeError: 0.01 },
  int4: { bits: 4, relativeError: 0.11 },
  /** As many bits for each kernel as a compressed run has measured that it needs; else those of int4. */
  compact: { bits: 4, relativeError: 0.12 },
} as const satisfies { readonly [name: string]: StoragePrecision };

export type BundlePrecision = keyof typeof storagePrecisions;

export const bundlePrecisions = Object.keys(storagePrecisions) as readonly BundlePrecision[];

interface Stored {
  readonly precision: BundlePrecision;
}

const storageOf = ({ precision }: Stored): StoragePrecision => storagePrecisions[precision];

/** For sorting models: those first whose weights are nearest to what was trained. */
export const mostExactFirst = (a: Stored, b: Stored): number =>
  storageOf(a).relativeError - storageOf(b).relativeError;

/** For sorting models: the smallest download first. */
export const smallestFirst = (a: Stored, b: Stored): number =>
  storageOf(a).bits - storageOf(b).bits || mostExactFirst(a, b);

/** Up to this error of the weights, classifiers give the same answers. */
const SAME_ANSWERS = 2 ** -11;

/** For sorting models: the smallest of those that give the same answers first, then the most exact. */
export function sameAnswersFirst(a: Stored, b: Stored): number {
  const [same, sameToo] = [a, b].map((model) => storageOf(model).relativeError <= SAME_ANSWERS);
  if (same && sameToo) return smallestFirst(a, b);
  return mostExactFirst(a, b);
}

/** The bits in which the storage precision `compact` can keep a kernel: integers of 4 or 8, or halves. */
export const kernelBits = [4, 8, 16] as const;

export type KernelBits = (typeof kernelBits)[number];
