// ONNX as protobuf bytes, through code generated from the published onnx.proto.
import { create, toBinary } from "@bufbuild/protobuf";
import type { TensorType } from "../types.js";
import { bytesOf } from "./bytes.js";
import { type OnnxElementType, onnxDataType } from "./data-type.js";
import type { OnnxAttribute, OnnxConstant, OnnxNode } from "./emitter.js";
import type { ExternalPlace } from "./external-data.js";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "./generated/onnx_pb.js";
import { irVersionOf, opsetOf } from "./opset.js";

export interface OnnxValueInfo extends Pick<TensorType, "shape"> {
  readonly name: string;
  readonly dtype: OnnxElementType;
  /** Whether it is a list of such tensors. Default: false. */
  readonly isSequence?: boolean;
}

export interface OnnxModel {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
  readonly initializers: readonly OnnxConstant[];
  /** Where the values of an initializer lie that are not in the model itself, by its name. */
  readonly external: ReadonlyMap<string, ExternalPlace>;
  readonly metadata: { readonly [key: string]: string };
}

export function encodeModel(model: OnnxModel): Uint8Array {
  const { name, nodes, inputs, outputs, initializers, external } = model;
  const opset = opsetOf(nodes);
  const message = create(ModelProtoSchema, {
    irVersion: BigInt(irVersionOf(opset)),
    producerName: "fleuron",
    opsetImport: [
      { domain: "", version: BigInt(opset) },
      ...(nodes.some(({ domain }) => domain === "com.microsoft")
        ? [{ domain: "com.microsoft", version: 1n }]
        : []),
    ],
    graph: {
      name,
      node: nodes.map((node) =>
        create(NodeProtoSchema, {
          name: node.outputs[0]!,
          opType: node.opType,
          domain: node.domain,
          input: [...node.inputs],
          output: [...node.outputs],
          attribute: Object.entries(node.attributes).map(([key, value]) => attribute(key, value)),
        }),
      ),
      initializer: initializers.map((constant) => tensor(constant, external.get(constant.name))),
      input: inputs.map(valueInfo),
      output: outputs.map(valueInfo),
    },
    metadataProps: entries(model.metadata),
  });
  return toBinary(ModelProtoSchema, message);
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

function tensor({ name, type, shape, data }: OnnxConstant, place: ExternalPlace | undefined): TensorProto {
  const head = { name, dims: shape.map(BigInt), dataType: onnxDataType(type) };
  if (place === undefined) return create(TensorProtoSchema, { ...head, rawData: bytesOf(data) });
  return create(TensorProtoSchema, {
    ...head,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: entries({
      location: place.file,
      offset: String(place.offset),
      length: String(place.length),
    }),
  });
}

const entries = (record: { readonly [key: string]: string }) =>
  Object.entries(record).map(([key, value]) => ({ key, value }));

function valueInfo({ name, dtype, shape, isSequence = false }: OnnxValueInfo): ValueInfoProto {
  const tensorType = {
    case: "tensorType" as const,
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
  };
  const sequenceType = { case: "sequenceType" as const, value: { elemType: { value: tensorType } } };
  return create(ValueInfoProtoSchema, { name, type: { value: isSequence ? sequenceType : tensorType } });
}
