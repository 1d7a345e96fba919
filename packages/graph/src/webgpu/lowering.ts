import type { Ranks } from "../operation.js";
import type { AttributesOf, InputRanks, OperationName, OutputRanks } from "../operations/index.js";
import type { Attributes, GraphNode, Shape } from "../types.js";
import type { Constants, Kernel, KernelTensor, Scratch } from "./kernel.js";
import type { ProductForm, ProductSize } from "./kernels/product-form.js";

/** The form of a product, which is that node's. */
export type ChooseForm = (size: ProductSize, node: GraphNode) => ProductForm;

type KernelTensors<R extends Ranks> = {
  readonly [Index in keyof R]: KernelTensor<Shape<number, R[Index]>>;
};

interface LoweringArguments<A extends Attributes, Inputs extends Ranks, Outputs extends Ranks> {
  readonly inputs: KernelTensors<Inputs>;
  readonly outputs: KernelTensors<Outputs>;
  readonly attributes: A;
  readonly scratch: Scratch;
  readonly constant: Constants;
  /** The form of the operation's product. */
  readonly formOf: (size: ProductSize) => ProductForm;
}

/** Writes each element of an operation's one output as an expression of its linear index, an identifier or in parentheses. */
export interface ElementLowering<A extends Attributes, Inputs extends Ranks, Outputs extends Ranks> {
  element(lowering: LoweringArguments<A, Inputs, Outputs>, index: string): string;
}

/** Writes all of an operation's outputs as kernels, which run one after another. */
interface KernelLowering<A extends Attributes, Inputs extends Ranks, Outputs extends Ranks> {
  kernels(lowering: LoweringArguments<A, Inputs, Outputs>): readonly Kernel[];
  /** Whether each element of its inputs is loaded once: then that may as well be computed there. */
  readonly loadsOnce?: true;
}

/** Writes the operation of that name as WGSL. */
export type Lowering<Name extends OperationName> =
  | ElementLowering<AttributesOf<Name>, InputRanks<Name>, OutputRanks<Name>>
  | KernelLowering<AttributesOf<Name>, InputRanks<Name>, OutputRanks<Name>>;

/** The lowering of an operation whose name is known when the graph is read. */
export type AnyLowering =
  | ElementLowering<Attributes, Ranks, Ranks>
  | KernelLowering<Attributes, Ranks, Ranks>;
