// What an operation becomes: kernels, whose WGSL loads and stores tensors by their ids, since nobody knows yet which buffer
// holds them.
import type { Shape } from "../types.js";

/** A tensor within a program: a value of its graph, or scratch of a kernel. */
export type TensorId = number;

/** A tensor as a kernel sees it. Integers and booleans are float32, too: 0 and 1, and whole numbers below 2²⁴. */
export interface KernelTensor<S extends Shape<number> = Shape<number>> {
  readonly shape: S;
  /** The element at a linear index, as an expression. */
  load(index: string): string;
  /** The statement that sets an element. */
  store(index: string, value: string): string;
}

/** Makes memory between the kernels of one operation. */
export type Scratch = (shape: Shape<number>) => KernelTensor;

/** Makes a tensor of numbers that are there before a program runs. */
export type Constants = (values: readonly number[]) => KernelTensor;

/** One dispatch. */
export interface Kernel {
  readonly work: Items | Workgroups;
  /** WGSL before the entry point: functions, and memory of a workgroup. */
  readonly declarations?: string;
  /** Roughly how many multiplications and additions it does, where these are more than one for an invocation. */
  readonly operations?: number;
}

/** A kernel, and what it is for: "conv1 conv2d+relu". */
export interface LabelledKernel extends Kernel {
  readonly label: string;
}

/** Work on items that know nothing of each other. */
export interface Items {
  readonly items: number;
  /** Statements that do the item number `i`. */
  readonly item: string;
}

/** Work of workgroups, whose invocations wait for each other. */
export interface Workgroups {
  readonly workgroups: number;
  readonly lanes: number;
  /** Statements of the invocation number `lane` of the workgroup number `group`. */
  readonly invocation: string;
}

/** A tensor in memory. */
export const storedTensor = (id: TensorId, shape: Shape<number>): KernelTensor => ({
  shape,
  load: (index) => `load_${id}(${index})`,
  store: (index, value) => `store_${id}(${index}, ${value});`,
});

const ACCESS = /\b(load|store)_(\d+)\(/g;

export interface Accesses {
  readonly loads: ReadonlySet<TensorId>;
  readonly stores: ReadonlySet<TensorId>;
}

/** The tensors that a kernel loads and stores: its text is the one place that says so. */
export function accessesOf(kernel: Kernel): Accesses {
  const [loads, stores] = [new Set<TensorId>(), new Set<TensorId>()];
  for (const [, verb, id] of textOf(kernel).matchAll(ACCESS)) {
    (verb === "load" ? loads : stores).add(Number(id));
  }
  return { loads, stores };
}

/** The text with tensors numbered by `numberOf`, so that kernels which differ in their tensors alone have one text. */
export const renumbered = (text: string, numberOf: (id: TensorId) => number): string =>
  text.replace(ACCESS, (_, verb: string, id: string) => `${verb}_${numberOf(Number(id))}(`);

/** All that a kernel says of tensors. */
export const textOf = ({ declarations = "", work }: Kernel): string =>
  declarations + ("items" in work ? work.item : work.invocation);
