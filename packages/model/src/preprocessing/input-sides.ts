import type { PreprocessingSpecification } from "./specification.js";

type Sized = Pick<PreprocessingSpecification, "size">;

/** The height and width of a network's input. */
export const inputSides = ({ size }: Sized): { readonly height: number; readonly width: number } => {
  const [height, width = height] = [size].flat() as [number, number?];
  return { height, width };
};

/** Numbers of one photo's input: 3 channels of rows and columns. */
export function inputLength(sized: Sized): number {
  const { height, width } = inputSides(sized);
  return 3 * height * width;
}
