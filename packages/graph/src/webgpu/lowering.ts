import type { ForEach, Operation, Ranks } from "../operation.js";
import type { OperationName, operations } from "../operations/index.js";
import type { Attributes } from "../types.js";
import type { Kernel, KernelTensor, Scratch } from "./kernel.js";

export interface LoweringArguments<A extends Attributes, Inputs extends Ranks, Outputs extends Ranks> {
  readonly inputs: ForEach<Inputs, KernelTensor>;
  readonly outputs: ForEach<Outputs, KernelTensor>;
  readonly attributes: A;
  readonly scratch: Scratch;
}

/**
 * Writes one operation as WGSL: each element of its one output as an expression of its linear index, an identifier; or
 * all of its outputs as kernels, which run one after another.
 */
export type Lowering<A extends Attributes, Inputs extends Ranks, Outputs extends Ranks> =
  | { element(lowering: LoweringArguments<A, Inputs, Outputs>, index: string): string }
  | {
      kernels(lowering: LoweringArguments<A, Inputs, Outputs>): readonly Kernel[];
      /** Whether each element of its inputs is loaded once: then that may as well be computed there. */
      readonly loadsOnce?: true;
    };

/** The lowering of the operation of that name. */
export type LoweringOf<Name extends OperationName> =
  (typeof operations)[Name] extends Operation<infer A, infer Inputs, infer Outputs>
    ? Lowering<A, Inputs, Outputs>
    : never;

// Which axes a tensor has was checked when its graph was built.
export const matrixShape = ({ shape }: KernelTensor): readonly [rows: number, columns: number] =>
  shape as readonly number[] as readonly [number, number];
export const imageShape = ({
  shape,
}: KernelTensor): readonly [batch: number, channels: number, height: number, width: number] =>
  shape as readonly number[] as readonly [number, number, number, number];
