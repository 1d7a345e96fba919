// What the lowering of a node is given.
import { cast, constant, constantTensor, type GraphBuilder, type Tensor } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import { type Budget, shapeProblem, type Work } from "./budget.js";
import { importError } from "./errors.js";
import type { ParameterRole, Parameters } from "./parameters.js";
import type { SourceNode } from "./read/read-model.js";
import { type Constant, type Element, isNumber, type Live, numbersIn, type Value } from "./value.js";

/** Constants of more numbers become variables that do not learn: attributes of a graph are short. */
const LARGEST_ATTRIBUTE = 4096;

/** The places that one node gathers: attributes, too. */
const MOST_PLACES = 2 ** 20;

export class NodeContext {
  readonly node: SourceNode;
  readonly opset: number;
  readonly builder: GraphBuilder;
  /** The network's image, where there is one. */
  readonly image: Tensor | undefined;
  /** Whether the file was written for one photo, whose numbers may then be counted from 0. */
  readonly onePhoto: boolean;
  readonly #values: ReadonlyMap<string, Value>;
  readonly #parameters: Parameters;
  readonly #budget: Budget;

  constructor(
    node: SourceNode,
    shared: {
      readonly opset: number;
      readonly builder: GraphBuilder;
      readonly image: Tensor | undefined;
      readonly onePhoto: boolean;
      readonly values: ReadonlyMap<string, Value>;
      readonly parameters: Parameters;
      readonly budget: Budget;
    },
  ) {
    this.node = node;
    this.opset = shared.opset;
    this.builder = shared.builder;
    this.image = shared.image;
    this.onePhoto = shared.onePhoto;
    this.#values = shared.values;
    this.#parameters = shared.parameters;
    this.#budget = shared.budget;
  }

  get attributes() {
    return this.node.attributes;
  }

  /** The value of an input; undefined where the node leaves it out. */
  optional(index: number): Value | undefined {
    const name = this.node.inputs[index] ?? "";
    return name === "" ? undefined : this.#values.get(name);
  }

  value(index: number): Value {
    return this.optional(index) ?? this.invalid(`has no input ${index + 1}`);
  }

  /** An input as a tensor of the graph; a constant becomes one. */
  tensor(index: number): Tensor {
    return this.asTensor(this.value(index));
  }

  asTensor(value: Value): Tensor {
    if (value.type === "live") return value.tensor;
    const numbers = numbersIn(value);
    if (numbers === undefined) this.unsupported("computes with the length of the batch");
    if (value.kind === "bool") return cast(this.asTensor({ ...value, kind: "float" }), "bool");
    if (value.shape.length === 0) return constant(this.builder, this.finite(numbers[0]!));
    if (numbers.length <= LARGEST_ATTRIBUTE) {
      return constantTensor(
        this.builder,
        value.shape,
        Array.from(numbers, (number) => this.finite(number)),
      );
    }
    return this.#parameters.fixed(this.node, value, this.#floats(value.shape, numbers));
  }

  /** Graphs are JSON, which has no infinity: the largest float32 stands for it. */
  finite(value: number): number {
    if (Number.isNaN(value)) this.unsupported("computes with a constant that is no number");
    return Math.max(Math.min(value, 3.4028234663852886e38), -3.4028234663852886e38);
  }

  /** A constant that learns, or a live tensor as it is. */
  parameter(value: Value, role: ParameterRole): Tensor {
    if (value.type === "live") return value.tensor;
    const numbers = numbersIn(value);
    if (numbers === undefined) this.unsupported("has weights that depend on the length of the batch");
    return this.#parameters.add(this.node, { ...value, data: this.#floats(value.shape, numbers) }, role);
  }

  #floats(shape: readonly number[], numbers: ArrayLike<number>): Float32Array {
    if (numbers instanceof Float32Array) return numbers;
    this.spend(shape, "filled");
    return Float32Array.from(numbers);
  }

  /** What a constant input holds, the length of the batch included; undefined where the node leaves it out. */
  elements(index: number): readonly Element[] | undefined {
    const value = this.optional(index);
    if (value === undefined) return undefined;
    if (value.type === "live") return this.unsupported(`has an input ${index + 1} that depends on the image`);
    this.spend(value.shape);
    return Array.from(value.data);
  }

  /** The numbers of a constant input; undefined where the node leaves it out. */
  numbers(index: number): readonly number[] | undefined {
    return this.elements(index)?.map((element) =>
      isNumber(element) ? element : this.unsupported(`has the length of the batch in its input ${index + 1}`),
    );
  }

  /** Whole numbers from an attribute, or from an input where newer opsets have them. */
  ints(attribute: string, input: number): readonly number[] | undefined {
    const numbers = this.attributes.ints(attribute, undefined) ?? this.numbers(input);
    const broken = numbers?.find((number) => !Number.isInteger(number));
    return broken === undefined ? numbers : this.invalid(`needs whole numbers and is given ${broken}`);
  }

  /** A word that an attribute has; any other than those that are read is refused. */
  word<Word extends string>(name: string, missing: Word, words: readonly Word[]): Word {
    const given = this.attributes.string(name, missing);
    return words.find((word) => word === given) ?? this.unsupported(`has the ${name} '${given}'`);
  }

  /** The axes of an input in another order. */
  permutation(rank: number): readonly number[] {
    const order =
      this.attributes.ints("perm", undefined) ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
    if (order.length !== rank || order.some((_, axis) => !order.includes(axis)))
      this.invalid(`puts ${rank} axes in the order [${order}]`);
    return order;
  }

  axis(axis: number, rank: number): number {
    if (!(axis >= -rank && axis < rank && Number.isInteger(axis)))
      this.invalid(`has no axis ${axis}: its input has ${rank}`);
    return axis < 0 ? axis + rank : axis;
  }

  /** Refuses what is no shape, or has more elements than that. */
  requireSize(shape: readonly (number | string)[], most: number = MOST_PLACES): void {
    const problem = shapeProblem(shape);
    if (problem !== undefined) this.invalid(problem);
    const size = sizeOf(shape.filter((length) => typeof length === "number"));
    if (size > most) this.unsupported(`gives ${size} elements`);
  }

  /** Asked before elements are made that the file does not hold. */
  spend(shape: readonly number[], work: Work = "computed"): void {
    const wrong = shapeProblem(shape);
    if (wrong !== undefined) this.invalid(wrong);
    const problem = this.#budget.spend(shape, work);
    if (problem !== undefined) this.unsupported(problem);
  }

  invalid(problem: string): never {
    throw importError("onnx-invalid", `${this.#name} ${problem}.`, { subject: this.node.opType });
  }

  unsupported(problem: string, hint?: string): never {
    throw importError("onnx-unsupported", `${this.#name} ${problem}, which is not supported.`, {
      subject: this.node.opType,
      ...(hint !== undefined && { hint }),
    });
  }

  get #name(): string {
    return `${this.node.opType} '${this.node.name}'`;
  }
}

export const live = (tensor: Tensor): Live => ({ type: "live", tensor });

export const constantOf = (
  kind: Constant["kind"],
  shape: readonly number[],
  data: Constant["data"],
  name = "",
): Constant => {
  if (data.length !== sizeOf(shape)) throw new Error(`internal: ${data.length} elements for [${shape}]`);
  return { type: "constant", kind, shape, data, name };
};
