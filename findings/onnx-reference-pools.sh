#!/usr/bin/env bash
# onnx: its reference evaluator's pools disagree with ONNX's shape inference, with arithmetic, and with themselves.
#
# Seen with onnx 1.23.2 beside onnxruntime 1.32.0, on a picture of 7×8 pixels with the values 0 to 55:
# - MaxPool of 3×2, stride 2, auto_pad SAME_LOWER gives 3×4 values, from 17 on. Shape inference, SAME's rule (7 / 2 rounded up) and
#   onnxruntime say 4×4; with SAME_UPPER the evaluator does, too.
# - AveragePool of 3×2, stride 3×2, ceil_mode, without padding: its first value is 4.5. The first window holds 0, 1, 8, 9, 16
#   and 17, whose mean is 8.5, as onnxruntime says and as the evaluator says without ceil_mode: with it, windows are shifted
#   by the padding that the last one needs.
# - MaxPool with pads that differ (0 rows above, 2 below) ends in numpy's "zero-size array".
# Who checks an importer against the evaluator alone implements these.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0
cat > run.py <<'PY'
import numpy
import onnxruntime
from onnx import TensorProto, checker, helper, shape_inference
from onnx.reference import ReferenceEvaluator

picture = numpy.arange(56, dtype=numpy.float32).reshape(1, 1, 7, 8)


def show(title, kind, **attributes):
    graph = helper.make_graph(
        [helper.make_node(kind, ["picture"], ["out"], kernel_shape=[3, 2], **attributes)],
        "pool",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, picture.shape)],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, 1, None, None])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    checker.check_model(model)
    inferred = shape_inference.infer_shapes(model).graph.output[0].type.tensor_type.shape.dim
    print(f"{title}: inferred {inferred[2].dim_value}x{inferred[3].dim_value}", end="")
    for who, make in (
        ("reference", lambda: ReferenceEvaluator(model)),
        ("onnxruntime", lambda: onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])),
    ):
        try:
            (out,) = make().run(None, {"picture": picture})
            print(f", {who} {out.shape[2]}x{out.shape[3]} from {out.ravel()[0]:g}", end="")
        except ValueError as error:
            print(f", {who}: {str(error)[:15]}", end="")
    print()


show("max, SAME_UPPER", "MaxPool", strides=[2, 2], auto_pad="SAME_UPPER")
show("max, SAME_LOWER", "MaxPool", strides=[2, 2], auto_pad="SAME_LOWER")
show("average, floor", "AveragePool", strides=[3, 2])
show("average, ceil", "AveragePool", strides=[3, 2], ceil_mode=1)
show("max, unequal pads", "MaxPool", strides=[1, 1], pads=[0, 1, 2, 1])
PY
seen=$(env/bin/python run.py)
expected='max, SAME_UPPER: inferred 4x4, reference 4x4 from 9, onnxruntime 4x4 from 9
max, SAME_LOWER: inferred 4x4, reference 3x4 from 17, onnxruntime 4x4 from 9
average, floor: inferred 2x4, reference 2x4 from 8.5, onnxruntime 2x4 from 8.5
average, ceil: inferred 3x4, reference 3x4 from 4.5, onnxruntime 3x4 from 8.5
max, unequal pads: inferred 7x9, reference: zero-size array, onnxruntime 7x9 from 16'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
