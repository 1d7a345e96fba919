// What onnxruntime's profiler says of a node, as far as it is read here.
import { sizeOf } from "@fleuron/model";

/** A tensor's element type and shape: `{ "float": [32, 96, 55, 55] }`. */
type TypedShape = Readonly<Record<string, readonly number[]>>;

export interface ProfiledNode {
  readonly cat: string;
  readonly name: string;
  /** Microseconds. */
  readonly dur: number;
  readonly args: {
    readonly op_name: string;
    readonly input_type_shape?: readonly TypedShape[];
    readonly output_type_shape?: readonly TypedShape[];
  };
}

const bytesPerElement: Readonly<Record<string, number>> = { float: 4, int32: 4, int64: 8, bool: 1 };

/** Operators whose output is their input's memory. */
const views = new Set(["Reshape", "Squeeze", "Unsqueeze", "Flatten", "Identity"]);

/** The events of nodes that computed, in their order. */
export const computedNodes = (events: readonly ProfiledNode[]): readonly ProfiledNode[] =>
  events.filter(({ cat, name }) => cat === "Node" && name.endsWith("_kernel_time"));

/** The bytes that a node reads and writes. */
export function bytesOf({ args }: ProfiledNode): number {
  if (views.has(args.op_name)) return 0;
  const tensors = [...(args.input_type_shape ?? []), ...(args.output_type_shape ?? [])];
  return tensors
    .flatMap((tensor) => Object.entries(tensor))
    .reduce((sum, [type, shape]) => sum + (bytesPerElement[type] ?? 4) * sizeOf(shape), 0);
}

/** The additions and multiplications of a node that is a convolution or a product of matrices; 0 of all others. */
export function flopOf({ args }: ProfiledNode): number {
  const [first, second] = (args.input_type_shape ?? []).map(shapeOf);
  const output = shapeOf(args.output_type_shape?.[0] ?? {});
  if (first === undefined || second === undefined) return 0;
  switch (args.op_name) {
    case "Conv":
    case "FusedConv":
      return 2 * sizeOf(output) * sizeOf(second.slice(1));
    case "ConvTranspose":
      return 2 * sizeOf(first) * sizeOf(second.slice(1));
    case "Gemm":
    case "FusedGemm":
    case "MatMul":
    case "FusedMatMul": {
      // Of [b, m, k] and [b, k, n], either of them transposed, either without b.
      const b = Math.min(sizeOf(first.slice(0, -2)), sizeOf(second.slice(0, -2)));
      const k = Math.sqrt((sizeOf(first) * sizeOf(second)) / sizeOf(output) / b);
      return 2 * sizeOf(output) * k;
    }
    default:
      return 0;
  }
}

const shapeOf = (tensor: TypedShape): readonly number[] => Object.values(tensor)[0] ?? [];
