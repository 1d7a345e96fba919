#!/usr/bin/env bash
# OpenVINO: MaxPool of ONNX with ceil_mode and pads gets a row and a column too many, filled with -3.4e38.
#
# Seen with openvino 2026.4.1, onnx 1.23.2 and onnxruntime 1.32.0 (CPU), on a row of 7 with one pad on either side. By ONNX's
# text (MaxPool of opset 22) "sliding windows that would start in the right padded region are ignored": with a kernel of 2 and
# stride 2 there are four windows, as the fifth would start at the right pad. Shape inference, the reference evaluator and
# onnxruntime say four. OpenVINO makes five; the last covers no pixel, and holds the least float32. Its AveragePool with the
# same attributes has four. Without pads, and where no window lies beyond the edge (a kernel of 3), MaxPool is right.
# PyTorch counts as ONNX does, and its exporter writes MaxPool2d(2, 2, padding=1, ceil_mode=True) as such a node. Nothing is
# thrown where the layers that follow take any size: a GlobalAveragePool after it gives -6.8e37 in the place of 4.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check openvino==2026.4.1 onnx==1.23.2 onnxruntime==1.32.0
cat > run.py <<'PY'
import numpy
import onnxruntime
import openvino
from onnx import TensorProto, checker, helper, shape_inference
from onnx.reference import ReferenceEvaluator

row = numpy.arange(1, 8, dtype=numpy.float32).reshape(1, 1, 7)
core = openvino.Core()


def show(kind, kernel, stride, pad, then="Identity"):
    attributes = {"kernel_shape": [kernel], "strides": [stride], "pads": [pad, pad], "ceil_mode": 1}
    graph = helper.make_graph(
        [
            helper.make_node(kind, ["row"], ["pooled"], **attributes),
            helper.make_node(then, ["pooled"], ["out"]),
        ],
        "pool",
        [helper.make_tensor_value_info("row", TensorProto.FLOAT, row.shape)],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, 1, None])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    checker.check_model(model)
    length = shape_inference.infer_shapes(model).graph.output[0].type.tensor_type.shape.dim[2].dim_value
    print(f"{kind}, kernel {kernel}, stride {stride}, pads {pad}, {then}: {length} inferred")
    data = model.SerializeToString()
    (reference,) = ReferenceEvaluator(model).run(None, {"row": row})
    (runtime,) = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"]).run(None, {"row": row})
    compiled = core.compile_model(core.read_model(data), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    for who, out in (("reference", reference), ("onnxruntime", runtime), ("openvino", compiled({0: row})[0])):
        print(f"  {who}:", *(f"{value:.5g}" for value in out.ravel()))


show("MaxPool", 2, 2, 1)
show("MaxPool", 2, 2, 1, "GlobalAveragePool")
show("MaxPool", 2, 3, 1)
show("AveragePool", 2, 2, 1)
show("MaxPool", 3, 2, 1)
show("MaxPool", 2, 2, 0)
PY
seen=$(env/bin/python run.py)
expected='MaxPool, kernel 2, stride 2, pads 1, Identity: 4 inferred
  reference: 1 3 5 7
  onnxruntime: 1 3 5 7
  openvino: 1 3 5 7 -3.4028e+38
MaxPool, kernel 2, stride 2, pads 1, GlobalAveragePool: 1 inferred
  reference: 4
  onnxruntime: 4
  openvino: -6.8056e+37
MaxPool, kernel 2, stride 3, pads 1, Identity: 3 inferred
  reference: 1 4 7
  onnxruntime: 1 4 7
  openvino: 1 4 7 -3.4028e+38
AveragePool, kernel 2, stride 2, pads 1, Identity: 4 inferred
  reference: 1 2.5 4.5 6.5
  onnxruntime: 1 2.5 4.5 6.5
  openvino: 1 2.5 4.5 6.5
MaxPool, kernel 3, stride 2, pads 1, Identity: 4 inferred
  reference: 2 4 6 7
  onnxruntime: 2 4 6 7
  openvino: 2 4 6 7
MaxPool, kernel 2, stride 2, pads 0, Identity: 4 inferred
  reference: 2 4 6 7
  onnxruntime: 2 4 6 7
  openvino: 2 4 6 7'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
