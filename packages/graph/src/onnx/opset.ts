// How new a reader of a model must be: as old as its operators allow, because many readers are.
import type { OnnxNode } from "./emitter.js";

/** ONNX 1.10, August 2021: every reader of models that was tried knows it. */
const OLDEST = 15;

/** Operators whose form here came later: https://onnx.ai/onnx/operators. */
const since: { readonly [opType: string]: number } = {
  /** With `axes` as an input. */
  ReduceMax: 18,
  /** With `reduction`. */
  ScatterElements: 16,
  /** With `antialias`. */
  Resize: 18,
};

export const opsetOf = (nodes: readonly OnnxNode[]): number =>
  nodes.reduce((opset, { opType }) => Math.max(opset, since[opType] ?? OLDEST), OLDEST);

/** The format's version that came with an opset: https://onnx.ai/onnx/repo-docs/Versioning.html. */
export const irVersionOf = (opset: number): number => (opset < 19 ? 8 : opset < 21 ? 9 : 10);
