import type { DType } from "../types.js";
import { TensorProto_DataType } from "./generated/onnx_pb.js";

const dataTypes: { readonly [D in DType]: TensorProto_DataType } = {
  float32: TensorProto_DataType.FLOAT,
  int32: TensorProto_DataType.INT32,
  bool: TensorProto_DataType.BOOL,
};

export const onnxDataType = (dtype: DType): TensorProto_DataType => dataTypes[dtype];
