#!/usr/bin/env bash
# onnxruntime: Resize with `scales` and align_corners does not compute what ONNX's formula and its own test case say.
#
# Seen with onnx 1.23.2 and onnxruntime 1.32.0 (CPU). ONNX's formula for align_corners has the resized length as a number
# that need not be whole: four pixels at a scale of 0.6 are 2.4 long, so the second pixel lies at 1 · (4 − 1) / (2.4 − 1) =
# 2.142857, and a row 1 2 3 4 becomes 1, 3.142857. That is what the specification's case
# `resize_downsample_scales_linear_align_corners` expects and what its reference evaluator computes. onnxruntime rounds the
# length down first (2 − 1) and gives 1, 4. With `sizes` in the place of `scales` the length is whole and both agree.
# Whoever runs such files elsewhere must choose whom to follow: a network was mostly tried in onnxruntime.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0
cat > run.py <<'PY'
import numpy
import onnxruntime
from onnx import TensorProto, checker, helper
from onnx.reference import ReferenceEvaluator

row = numpy.array([[[[1, 2, 3, 4]]]], numpy.float32)
lengths = {
    "scales": (["row", "", "lengths"], helper.make_tensor("lengths", TensorProto.FLOAT, [4], [1, 1, 1, 0.6])),
    "sizes": (["row", "", "", "lengths"], helper.make_tensor("lengths", TensorProto.INT64, [4], [1, 1, 1, 2])),
}
for name, (inputs, values) in lengths.items():
    node = helper.make_node("Resize", inputs, ["out"], mode="linear", coordinate_transformation_mode="align_corners")
    graph = helper.make_graph(
        [node],
        "resize",
        [helper.make_tensor_value_info("row", TensorProto.FLOAT, [1, 1, 1, 4])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, 1, 1, None])],
        [values],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9)
    checker.check_model(model)
    for who, evaluator in (
        ("reference", ReferenceEvaluator(model)),
        ("onnxruntime", onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])),
    ):
        (out,) = evaluator.run(None, {"row": row})
        print(f"{name}, {who}:", *(f"{value:.4f}" for value in out.ravel()))
PY
seen=$(env/bin/python run.py)
expected='scales, reference: 1.0000 3.1429
scales, onnxruntime: 1.0000 4.0000
sizes, reference: 1.0000 4.0000
sizes, onnxruntime: 1.0000 4.0000'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
