#!/usr/bin/env bash
# onnx: its reference evaluator takes files of old opsets, and computes their operators by other rules than theirs.
#
# Seen with onnx 1.23.2 beside onnxruntime 1.32.0:
# - BatchNormalization of opset 9 is an inference: (x − mean) ÷ √(variance + ε), of the given statistics. The evaluator moves them
#   a tenth towards those of the batch first, as momentum 0.9, the attribute's default, is never absent. Of 3, with mean 1
#   and variance 4, it makes 0.9487 in the place of 1.
# - Of opset 7 and 8 it ends in a TypeError about its own result.
# - Softmax of opset 11 with axis 1 sums over axis 1 and all after it. The evaluator sums over axis 1 alone, as opset 13 does: of
#   four numbers 1, 2, 3, 4 (their logarithms given), the first becomes 1/4 and not 1/10.
# Many networks in the wild are of these opsets. Whoever checks an importer must compare them with onnxruntime.
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

statistics = {"scale": 1, "bias": 0, "mean": 1, "variance": 4}
one = {name: numpy.array([value], numpy.float32) for name, value in statistics.items()}
pixels = numpy.full([1, 1, 2, 2], 3, numpy.float32)
logarithms = numpy.log(numpy.array([[[1, 2], [3, 4]]], numpy.float32))


def show(kind, opset, feeds, **attributes):
    first = next(iter(feeds.values()))
    graph = helper.make_graph(
        [helper.make_node(kind, list(feeds), ["out"], **attributes)],
        "old",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape) for name, value in feeds.items()],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, first.shape)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=4)
    checker.check_model(model)
    print(f"{kind} of opset {opset}:", end="")
    for who, evaluator in (
        ("reference", ReferenceEvaluator(model)),
        ("onnxruntime", onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])),
    ):
        try:
            print(f" {who} {evaluator.run(None, feeds)[0].ravel()[0]:.4f}", end="")
        except TypeError:
            print(f" {who} TypeError", end="")
    print()


for opset in (7, 9, 15):
    show("BatchNormalization", opset, {"pixels": pixels, **one})
for opset in (11, 13):
    show("Softmax", opset, {"logarithms": logarithms}, axis=1)
PY
seen=$(env/bin/python run.py)
expected='BatchNormalization of opset 7: reference TypeError onnxruntime 1.0000
BatchNormalization of opset 9: reference 0.9487 onnxruntime 1.0000
BatchNormalization of opset 15: reference 1.0000 onnxruntime 1.0000
Softmax of opset 11: reference 0.2500 onnxruntime 0.1000
Softmax of opset 13: reference 0.2500 onnxruntime 0.2500'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
