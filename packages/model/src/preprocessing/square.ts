import type { PreprocessingSpecification, ResampleFilter } from "./specification.js";

/** That of networks trained here: a square, which the photo fills. */
export interface SquarePreprocessing extends PreprocessingSpecification {
  readonly size: number;
  readonly resize:
    | { readonly fit: "squash"; readonly filter: ResampleFilter; readonly resizeTo?: never }
    | { readonly fit: "cover"; readonly filter: ResampleFilter; readonly resizeTo: number };
}

export const isSquare = (specification: PreprocessingSpecification): specification is SquarePreprocessing => {
  const { size, resize } = specification;
  return (
    typeof size === "number" &&
    (resize.fit === "cover" || (resize.fit === "squash" && resize.resizeTo === undefined))
  );
};
