// TensorFlow nodes as GraphDef, through code generated from TensorFlow's published .proto files. The same message is
// written as protobuf bytes for TensorFlow and as JSON for tfjs.
import { create, toJson } from "@bufbuild/protobuf";
import type { Shape } from "../types.js";
import {
  type AttrValue,
  AttrValue_ListValueSchema,
  AttrValueSchema,
  DataType,
  type GraphDef,
  type GraphDefJson,
  GraphDefSchema,
  type NodeDef,
  NodeDefSchema,
  type TensorInfo,
  type TensorInfoJson,
  TensorInfoSchema,
  TensorProtoSchema,
  type TensorShapeProto,
  TensorShapeProtoSchema,
} from "./generated/saved_model_pb.js";
import type { TensorflowAttribute, TensorflowDType, TensorflowNode, TensorflowPort } from "./node.js";

/** TensorFlow 2.9's, the oldest one that npm's tfjs-node links. */
const producer = 1087;

const dataTypes: { readonly [D in TensorflowDType]: DataType } = {
  bfloat16: DataType.DT_BFLOAT16,
  bool: DataType.DT_BOOL,
  float32: DataType.DT_FLOAT,
  int32: DataType.DT_INT32,
};

const tensorflowDataType = (dtype: TensorflowDType): DataType => dataTypes[dtype];

const shapeProto = (shape: Shape): TensorShapeProto =>
  create(TensorShapeProtoSchema, {
    dim: shape.map((length) => ({ size: typeof length === "number" ? BigInt(length) : -1n })),
  });

export function graphDef(
  nodes: readonly TensorflowNode[],
  { values = true }: { readonly values?: boolean } = {},
): GraphDef {
  return create(GraphDefSchema, { node: nodes.map((node) => nodeDef(node, values)), versions: { producer } });
}

/** GraphDef as tfjs reads it. It finds the values of constants elsewhere, by the names of their nodes. */
export const graphDefJson = (nodes: readonly TensorflowNode[]): GraphDefJson =>
  toJson(GraphDefSchema, graphDef(nodes, { values: false })) as GraphDefJson;

/** What a signature says of an input or output. */
export const tensorInfo = ({ name, dtype, shape }: TensorflowPort): TensorInfo =>
  create(TensorInfoSchema, {
    encoding: { case: "name", value: `${name}:0` },
    dtype: tensorflowDataType(dtype),
    tensorShape: shapeProto(shape),
  });

export const tensorInfoJson = (port: TensorflowPort): TensorInfoJson =>
  toJson(TensorInfoSchema, tensorInfo(port)) as TensorInfoJson;

function nodeDef({ name, op, inputs, attributes, value }: TensorflowNode, values: boolean): NodeDef {
  const attr = Object.fromEntries(Object.entries(attributes).map(([key, a]) => [key, attrValue(a)]));
  if (value) {
    const { shape, data } = value;
    const tensor = create(TensorProtoSchema, {
      dtype: tensorflowDataType(data instanceof Float32Array ? "float32" : "int32"),
      tensorShape: shapeProto(shape),
      ...(values && { tensorContent: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }),
    });
    attr.value = create(AttrValueSchema, { value: { case: "tensor", value: tensor } });
  }
  return create(NodeDefSchema, { name, op, input: [...inputs], attr });
}

function attrValue(attribute: TensorflowAttribute): AttrValue {
  const text = (string: string) => new TextEncoder().encode(string);
  const value = (): AttrValue["value"] => {
    if ("int" in attribute) return { case: "i", value: BigInt(attribute.int) };
    if ("float" in attribute) return { case: "f", value: attribute.float };
    if ("bool" in attribute) return { case: "b", value: attribute.bool };
    if ("type" in attribute) return { case: "type", value: tensorflowDataType(attribute.type) };
    if ("shape" in attribute) return { case: "shape", value: shapeProto(attribute.shape) };
    if ("string" in attribute) return { case: "s", value: text(attribute.string) };
    const list = "ints" in attribute ? { i: attribute.ints.map(BigInt) } : { s: attribute.strings.map(text) };
    return { case: "list", value: create(AttrValue_ListValueSchema, list) };
  };
  return create(AttrValueSchema, { value: value() });
}
