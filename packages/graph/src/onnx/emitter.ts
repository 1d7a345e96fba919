// Collects ONNX nodes. Equal nodes get one result, so lowerings may ask again for what another one computed.
import type { OnnxElementType } from "./data-type.js";

export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly string: string };

export type OnnxAttributes = { readonly [name: string]: OnnxAttribute };

export interface OnnxNode {
  readonly opType: string;
  /** "" for the standard operators, "com.microsoft" for onnxruntime's own. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
}

export interface OnnxConstant {
  readonly name: string;
  readonly type: OnnxElementType;
  readonly shape: readonly number[];
  /** Little-endian, in row-major order. */
  readonly data: ArrayBufferView;
}

export interface NodeOptions {
  readonly outputCount?: number;
  readonly domain?: string;
}

export class OnnxEmitter {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxConstant[] = [];
  readonly #known = new Map<string, OnnxNode>();
  readonly #computed = new Set<string>();
  readonly #withBias = new Map<string, (bias: string) => string>();
  readonly #constantNames = new Map<string, string>();
  readonly #names = new Map<string, number>();
  readonly #taken: ReadonlySet<string>;
  #scope = "";

  /** `taken` are the names of inputs and outputs, which no node gets. */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** Names of the nodes that follow begin with this, such as a layer's id; "" for none. */
  enter(scope: string): void {
    this.#scope = scope;
  }

  /** Adds a node with one output and returns that output's name. */
  node(
    opType: string,
    inputs: readonly string[],
    attributes: OnnxAttributes = {},
    options: NodeOptions = {},
  ): string {
    return this.nodeOutputs(opType, inputs, attributes, options)[0]!;
  }

  /** Adds a node with `outputCount` outputs; trailing ones that nothing reads are dropped in the end. */
  nodeOutputs(
    opType: string,
    inputs: readonly string[],
    attributes: OnnxAttributes = {},
    { outputCount = 1, domain = "" }: NodeOptions = {},
  ): readonly string[] {
    const key = JSON.stringify([domain, opType, inputs, outputCount, Object.entries(attributes).sort()]);
    const known = this.#known.get(key);
    if (known) return known.outputs;
    const outputs = Array.from({ length: outputCount }, () => this.#fresh(opType));
    const node: OnnxNode = { opType, domain, inputs, outputs, attributes };
    this.nodes.push(node);
    this.#known.set(key, node);
    for (const output of outputs) this.#computed.add(output);
    return outputs;
  }

  /** Whether a node computes this value; inputs and constants are there without one. */
  computes(value: string): boolean {
    return this.#computed.has(value);
  }

  /** Says that a bias [channels] added to `value` can be computed along with it: a pass less over the data. */
  offerBias(value: string, withBias: (bias: string) => string): void {
    this.#withBias.set(value, withBias);
  }

  /** `value` plus `bias`, if that was offered. */
  takeBias(value: string, bias: string): string | undefined {
    return this.#withBias.get(value)?.(bias);
  }

  floats(values: ArrayLike<number>, shape: readonly number[] = []): string {
    return this.#constant("float32", Float32Array.from(values), shape);
  }

  scalar(value: number): string {
    return this.floats([value]);
  }

  ints(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#constant("int64", BigInt64Array.from(values.map(BigInt)), shape);
  }

  bytes(values: Int8Array, shape: readonly number[]): string {
    return this.#constant("int8", values, shape);
  }

  /** A constant with a name of its own, such as a weight. */
  named(constant: OnnxConstant): string {
    this.constants.push(constant);
    return constant.name;
  }

  #constant(
    type: OnnxElementType,
    data: Float32Array | BigInt64Array | Int8Array,
    shape: readonly number[],
  ): string {
    const key = `${type} [${shape}] ${data}`;
    const known = this.#constantNames.get(key);
    if (known) return known;
    const name = this.#unique("constant");
    this.#constantNames.set(key, name);
    this.constants.push({ name, type, shape, data });
    return name;
  }

  #fresh(opType: string): string {
    return this.#unique(this.#scope ? `${this.#scope}/${opType}` : opType);
  }

  #unique(base: string): string {
    const count = this.#names.get(base) ?? 0;
    this.#names.set(base, count + 1);
    const name = count === 0 ? base : `${base}_${count}`;
    return this.#taken.has(name) ? this.#unique(base) : name;
  }
}
