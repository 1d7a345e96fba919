#!/usr/bin/env bash
# onnxruntime: a convolution with auto_pad SAME_UPPER and dilations is valid ONNX, loads, and fails when it runs.
#
# Seen with onnx 1.23.2 and onnxruntime 1.32.0 (CPU). The checker takes the file, shape inference gives the shape, the
# reference evaluator computes it, and onnxruntime makes a session of it. The first run then ends in "Dilation not supported
# for AutoPadType::SAME_UPPER or AutoPadType::SAME_LOWER". With the same pads as numbers it runs, and gives the reference's
# values. So a tool that only opens a file to check it does not notice: write pads as numbers.
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

onnxruntime.set_default_logger_severity(4)
image = numpy.arange(40, dtype=numpy.float32).reshape(1, 1, 5, 8)
kernel = numpy.array([1, -2, 3, 4, -5, 6], numpy.float32).reshape(1, 1, 3, 2)
for name, padding in (("auto_pad", {"auto_pad": "SAME_UPPER"}), ("pads", {"pads": [2, 0, 2, 1]})):
    graph = helper.make_graph(
        [helper.make_node("Conv", ["image", "kernel"], ["out"], dilations=[2, 1], **padding)],
        "convolution",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, image.shape)],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, 1, None, None])],
        [helper.make_tensor("kernel", TensorProto.FLOAT, kernel.shape, kernel.ravel())],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    checker.check_model(model)
    inferred = shape_inference.infer_shapes(model).graph.output[0].type.tensor_type.shape
    print(f"{name}: inferred", *(dimension.dim_value for dimension in inferred.dim))
    (right,) = ReferenceEvaluator(model).run(None, {"image": image})
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    try:
        (out,) = session.run(None, {"image": image})
        print(f"{name}: runs,", "equal" if numpy.array_equal(out, right) else "different")
    except Exception as error:
        print(f"{name}: loads, then:", "Dilation not supported" in str(error))
PY
seen=$(env/bin/python run.py)
expected='auto_pad: inferred 1 1 5 8
auto_pad: loads, then: True
pads: inferred 1 1 5 8
pads: runs, equal'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
