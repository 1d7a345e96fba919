import type * as Ort from "onnxruntime-web/wasm";

/** What a classifier needs of whichever build of onnxruntime-web its worker was made with. */
export type OnnxRuntime = Pick<typeof Ort, "env" | "InferenceSession" | "Tensor">;
