import type { InferenceSession, InferenceSessionFactory, TensorConstructor } from "onnxruntime-common";

/** The part of onnxruntime that the engine needs, handed in: `onnxruntime-node`, or another build of it. */
export interface OnnxRuntime {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
}

export type OnnxSessionOptions = InferenceSession.SessionOptions;
