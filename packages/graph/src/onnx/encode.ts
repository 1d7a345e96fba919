// ONNX as protobuf bytes, through code generated from the published onnx.proto.
import { create, toBinary } from "@bufbuild/protobuf";
import type { TensorType } from "../types.js";
import { onnxDataType } from "./data-type.js";
import type { OnnxAttribute, OnnxConstant, OnnxNode } from "./emitter.js";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "./generated/onnx_pb.js";

const irVersion = 10n;
const opset = 21n;

export interface OnnxValueInfo extends TensorType {
  readonly name: string;
}

export interface OnnxModel {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
  readonly initializers: readonly OnnxConstant[];
}

export function encodeModel({ name, nodes, inputs, outputs, initializers }: OnnxModel): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion,
    producerName: "fleuron",
    opsetImport: [
      { domain: "", version: opset },
      ...(nodes.some(({ domain }) => domain === "com.microsoft")
        ? [{ domain: "com.microsoft", version: 1n }]
        : []),
    ],
    graph: {
      name,
      node: nodes.map((node) =>
        create(NodeProtoSchema, {
          name: node.outputs[0],
          opType: node.opType,
          domain: node.domain,
          input: [...node.inputs],
          output: [...node.outputs],
          attribute: Object.entries(node.attributes).map(([key, value]) => attribute(key, value)),
        }),
      ),
      initializer: initializers.map(tensor),
      input: inputs.map(valueInfo),
      output: outputs.map(valueInfo),
    },
  });
  return toBinary(ModelProtoSchema, model);
}

function attribute(name: string, value: OnnxAttribute): AttributeProto {
  const types = AttributeProto_AttributeType;
  if ("int" in value) return create(AttributeProtoSchema, { name, type: types.INT, i: BigInt(value.int) });
  if ("ints" in value) {
    return create(AttributeProtoSchema, { name, type: types.INTS, ints: value.ints.map(BigInt) });
  }
  if ("float" in value) return create(AttributeProtoSchema, { name, type: types.FLOAT, f: value.float });
  return create(AttributeProtoSchema, {
    name,
    type: types.STRING,
    s: new TextEncoder().encode(value.string),
  });
}

function tensor({ name, shape, data }: OnnxConstant): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: shape.map(BigInt),
    dataType: data instanceof Float32Array ? TensorProto_DataType.FLOAT : TensorProto_DataType.INT64,
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  });
}

function valueInfo({ name, dtype, shape }: OnnxValueInfo): ValueInfoProto {
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: "tensorType",
        value: {
          elemType: onnxDataType(dtype),
          shape: {
            dim: shape.map((dimension) => ({
              value:
                typeof dimension === "number"
                  ? { case: "dimValue" as const, value: BigInt(dimension) }
                  : { case: "dimParam" as const, value: dimension },
            })),
          },
        },
      },
    },
  });
}
