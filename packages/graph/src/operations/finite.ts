import { FleuronError } from "@fleuron/model";
import type { GraphErrorCode } from "../shapes.js";

/** Neither JSON, which graphs are, nor the comparison of equal nodes can tell other numbers apart. */
export const isFiniteFloat32 = (value: number): boolean => Number.isFinite(Math.fround(value));

/** @throws FleuronError "graph-invalid" with `what`, for a number that float32 has not. */
export function requireFinite(what: string, value: number): void {
  if (isFiniteFloat32(value)) return;
  throw new FleuronError<GraphErrorCode>(
    "graph-invalid",
    `${what} must be finite in float32 but is ${value}.`,
  );
}
