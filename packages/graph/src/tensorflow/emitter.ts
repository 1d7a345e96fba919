// Collects TensorFlow nodes. Equal nodes get one result, so lowerings may ask again for what another one computed.
import { placeText } from "../place-text.js";
import { reshapeTarget } from "../reshape-target.js";
import { sameShape } from "../shapes.js";
import type { GraphNode, Place, Shape } from "../types.js";
import { cutLike, flattened, type Layout, physicalShape, rowMajor, sameLayout } from "./layout.js";
import type { TensorflowAttributes, TensorflowConstant, TensorflowDType, TensorflowNode } from "./node.js";
import { nodeName } from "./node-names.js";

/** Convolutions and matrix products, and what lies between them, in bfloat16. */
export interface MixedPrecision {
  /** Layers whose products stay in float32, as the one that gives the logits. */
  readonly keepFloat32: readonly string[];
}

interface EmitterOptions {
  /** Names of inputs and outputs, which no other node gets. */
  readonly taken?: Iterable<string>;
  /** What all names begin with. */
  readonly prefix?: string;
  readonly mixed?: MixedPrecision | undefined;
  /** Whether the nodes are TensorFlow's, and not for tfjs alone, which has not all of them. Default: true. */
  readonly trains?: boolean;
}

const nowhere: Place = { layer: "", gradient: false };

export class TensorflowEmitter {
  readonly nodes: TensorflowNode[] = [];
  readonly #known = new Map<string, string>();
  readonly #names = new Map<string, number>();
  readonly #taken: ReadonlySet<string>;
  readonly #prefix: string;
  readonly #mixed: MixedPrecision | undefined;
  readonly trains: boolean;
  #place: Place = nowhere;

  constructor({ taken = [], prefix = "", mixed, trains = true }: EmitterOptions = {}) {
    this.#taken = new Set(taken);
    this.#prefix = prefix;
    this.#mixed = mixed;
    this.trains = trains;
  }

  /** Names of what follows begin with the layer's name, and products are computed in the layer's precision. */
  enter(node: GraphNode): void {
    this.#place = node.place;
  }

  /** What follows belongs to no layer. */
  leave(): void {
    this.#place = nowhere;
  }

  /** What convolutions and matrix products compute in. */
  get computes(): "float32" | "bfloat16" {
    return this.#mixed && !this.#mixed.keepFloat32.includes(this.#place.layer) ? "bfloat16" : "float32";
  }

  /** Adds a node and returns the name of its first output, which is the node's own. */
  node(op: string, inputs: readonly string[], attributes: TensorflowAttributes = {}): string {
    const key = JSON.stringify([op, inputs, Object.entries(attributes).sort()]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const place = placeText(this.#place);
    const name = this.#unique(place ? `${place}/${op}` : op);
    this.nodes.push({ name, op, inputs, attributes });
    this.#known.set(key, name);
    return name;
  }

  /** Adds a node of this name, as it is. */
  named(node: TensorflowNode): string {
    this.nodes.push(node);
    return node.name;
  }

  floats(values: ArrayLike<number>, shape: readonly number[] = []): string {
    return this.#constant({ shape, data: Float32Array.from(values) });
  }

  scalar(value: number): string {
    return this.floats([value]);
  }

  ints(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#constant({ shape, data: Int32Array.from(values) });
  }

  reshape(tensor: string, dtype: TensorflowDType, shape: Shape): string {
    const target = this.ints(reshapeTarget("TensorFlow", shape));
    return this.node("Reshape", [tensor, target], { T: { type: dtype }, Tshape: { type: "int32" } });
  }

  transpose(tensor: string, dtype: TensorflowDType, permutation: readonly number[]): string {
    const attributes = { T: { type: dtype }, Tperm: { type: "int32" } } as const;
    return this.node("Transpose", [tensor, this.ints(permutation)], attributes);
  }

  cast(tensor: string, from: TensorflowDType, to: TensorflowDType): string {
    return from === to ? tensor : this.node("Cast", [tensor], { SrcT: { type: from }, DstT: { type: to } });
  }

  concat(tensors: readonly string[], axis: number, dtype: TensorflowDType): string {
    const attributes = { T: { type: dtype }, Tidx: { type: "int32" }, N: { int: tensors.length } } as const;
    return this.node("ConcatV2", [...tensors, this.ints([axis], [])], attributes);
  }

  /** The places `indices` along an axis in memory. */
  gather(tensor: string, indices: readonly number[], axis: number, dtype: TensorflowDType): string {
    return this.node("GatherV2", [tensor, this.ints(indices), this.ints([axis], [])], {
      Tparams: { type: dtype },
      Tindices: { type: "int32" },
      Taxis: { type: "int32" },
      batch_dims: { int: 0 },
    });
  }

  /** The lengths of a tensor, as it lies, as int32. */
  shapeOf(tensor: string, dtype: TensorflowDType): string {
    return this.node("Shape", [tensor], { T: { type: dtype }, out_type: { type: "int32" } });
  }

  /** The same tensor laid out otherwise. */
  rearrange(tensor: string, dtype: TensorflowDType, from: Layout, to: Layout): string {
    if (sameLayout(from, to)) return tensor;
    const [source, target] = [flattened(cutLike(from, to)), flattened(cutLike(to, from))];
    if (!sameShape(source.lengths, target.lengths)) {
      const middle = rowMajor(from.within.map((_, axis) => physicalShape(from)[from.axes.indexOf(axis)]!));
      return this.rearrange(this.rearrange(tensor, dtype, from, middle), dtype, middle, to);
    }
    const ordered = (order: readonly number[]) => order.map((index) => source.lengths[index]!);
    const [cut, moved] = [ordered(source.order), ordered(target.order)];
    const longer = (index: number) => source.lengths[index] !== 1;
    const stays = sameShape(source.order.filter(longer), target.order.filter(longer));
    const turned = stays
      ? tensor
      : this.transpose(
          this.#reshaped(tensor, dtype, physicalShape(from), cut),
          dtype,
          target.order.map((index) => source.order.indexOf(index)),
        );
    return this.#reshaped(turned, dtype, stays ? physicalShape(from) : moved, physicalShape(to));
  }

  #reshaped(tensor: string, dtype: TensorflowDType, from: Shape, to: Shape): string {
    return sameShape(from, to) ? tensor : this.reshape(tensor, dtype, to);
  }

  #constant(value: TensorflowConstant): string {
    const key = `${value.data.constructor.name} [${value.shape}] ${value.data}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const dtype = value.data instanceof Float32Array ? "float32" : "int32";
    const name = this.#unique("constant");
    this.nodes.push({ name, op: "Const", inputs: [], attributes: { dtype: { type: dtype } }, value });
    this.#known.set(key, name);
    return name;
  }

  #unique(base: string): string {
    const plain = nodeName(`${this.#prefix}${base}`);
    const count = this.#names.get(plain) ?? 0;
    this.#names.set(plain, count + 1);
    const name = count === 0 ? plain : `${plain}_${count}`;
    return this.#taken.has(name) ? this.#unique(base) : name;
  }
}
