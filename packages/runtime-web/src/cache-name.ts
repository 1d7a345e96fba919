/** The name of the Cache Storage that holds files of bundles and of onnxruntime. */
export const CACHE_NAME = "fleuron";
