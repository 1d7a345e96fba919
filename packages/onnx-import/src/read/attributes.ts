// The attributes of a node, by name and type.
import { AttributeProto_AttributeType, type NodeProto, type TensorProto } from "@fleuron/graph/onnx/schema";
import { importError } from "../errors.js";

const { FLOAT, INT, STRING, TENSOR, FLOATS, INTS } = AttributeProto_AttributeType;

/** Each has a default, which is what stands where the node has none. */
export class NodeAttributes {
  readonly #proto: NodeProto;

  constructor(proto: NodeProto) {
    this.#proto = proto;
  }

  int<Default extends number | undefined>(name: string, missing: Default): number | Default {
    return this.#of(name, INT, ({ i }) => whole(i), missing);
  }

  float<Default extends number | undefined>(name: string, missing: Default): number | Default {
    return this.#of(name, FLOAT, ({ f }) => f, missing);
  }

  string<Default extends string | undefined>(name: string, missing: Default): string | Default {
    return this.#of(name, STRING, ({ s }) => new TextDecoder().decode(s), missing);
  }

  ints<Default extends readonly number[] | undefined>(
    name: string,
    missing: Default,
  ): readonly number[] | Default {
    return this.#of(name, INTS, ({ ints }) => ints.map(whole), missing);
  }

  floats(name: string): readonly number[] | undefined {
    return this.#of(name, FLOATS, ({ floats }) => floats, undefined);
  }

  tensor(name: string): TensorProto | undefined {
    return this.#of(name, TENSOR, ({ t }) => t, undefined);
  }

  #of<Value, Default>(
    name: string,
    type: AttributeProto_AttributeType,
    value: (attribute: NodeProto["attribute"][number]) => Value,
    missing: Default,
  ): Value | Default {
    const found = this.#proto.attribute.find((attribute) => attribute.name === name);
    if (found === undefined) return missing;
    // Files of IR 3 and older may leave the type out.
    if (found.type !== type && found.type !== AttributeProto_AttributeType.UNDEFINED) {
      const node = `${this.#proto.opType} '${this.#proto.name || this.#proto.output[0]}'`;
      throw importError(
        "onnx-invalid",
        `The attribute '${name}' of ${node} is of another type than ONNX has it.`,
      );
    }
    return value(found);
  }
}

/** 64 bits as a number: what is beyond 2⁵³ stands for "to the end" in all files. */
const whole = (value: bigint): number =>
  Number(value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value);
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);
