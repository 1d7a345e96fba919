// Apart from the schemas, for those who only name them.

export const bundleFormats = ["onnx", "tfjs-graph"] as const;
export const bundlePrecisions = ["float32", "float16", "int8", "int4"] as const;

export type BundleFormat = (typeof bundleFormats)[number];
/** The precision of the stored weights; all models compute in float32, and take and give float32. */
export type BundlePrecision = (typeof bundlePrecisions)[number];
