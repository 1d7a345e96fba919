import type { DType } from "../types.js";
import { TensorProto_DataType } from "./generated/onnx_pb.js";

/** Element types of a model: those of graphs, and those that only shapes and stored weights have. */
export type OnnxElementType = DType | "float16" | "int64" | "int8" | "uint8";

const dataTypes: { readonly [Type in OnnxElementType]: TensorProto_DataType } = {
  float32: TensorProto_DataType.FLOAT,
  float16: TensorProto_DataType.FLOAT16,
  int64: TensorProto_DataType.INT64,
  int32: TensorProto_DataType.INT32,
  int8: TensorProto_DataType.INT8,
  uint8: TensorProto_DataType.UINT8,
  bool: TensorProto_DataType.BOOL,
};

export const onnxDataType = (type: OnnxElementType): TensorProto_DataType => dataTypes[type];
