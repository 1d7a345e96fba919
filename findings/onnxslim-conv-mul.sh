#!/usr/bin/env bash
# OnnxSlim: a product along the last axis after a convolution becomes a product per channel, if their lengths are equal.
#
# Seen with onnxslim 0.1.98, onnx 1.23.2 and onnxruntime 1.32.0. ONNX broadcasts from the last axis: of two numbers [2] after a
# Conv, whose output is [1, 2, 2, 2], the first belongs to the left column and the second to the right, in each channel. [2, 1]
# is one number per row, and [2, 1, 1] one per channel. OnnxSlim folds a constant into the weights of the Conv by its length
# alone, wherever that axis lies: all three become a number per channel. With three columns and two channels nothing is folded,
# and the result is right. There is no warning; the file passes the checker and has the same shapes. A weight per column or row
# (a vignette, a window over time in a Conv of one axis) is so moved to the channels. Compare the outputs before and after.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check onnxslim==0.1.98 onnx==1.23.2 onnxruntime==1.32.0
cat > run.py <<'PY'
import numpy
import onnxruntime
import onnxslim
from onnx import TensorProto, checker, helper
from onnx.reference import ReferenceEvaluator


def show(shape, width):
    image = numpy.ones([1, 1, 2, width], numpy.float32)
    graph = helper.make_graph(
        [helper.make_node("Conv", ["image", "ones"], ["copies"]), helper.make_node("Mul", ["copies", "factors"], ["out"])],
        "scaled",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, image.shape)],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, 2, 2, width])],
        [
            helper.make_tensor("ones", TensorProto.FLOAT, [2, 1, 1, 1], [1, 1]),
            helper.make_tensor("factors", TensorProto.FLOAT, shape, range(1, 1 + int(numpy.prod(shape)))),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    checker.check_model(model)
    for who, of in (("model", model), ("slimmed", onnxslim.slim(model))):
        checker.check_model(of)
        session = onnxruntime.InferenceSession(of.SerializeToString(), providers=["CPUExecutionProvider"])
        (out,) = session.run(None, {"image": image})
        (reference,) = ReferenceEvaluator(of).run(None, {"image": image})
        assert numpy.array_equal(out, reference)
        nodes = "+".join(node.op_type for node in of.graph.node)
        print(f"{shape}, width {width}, {who} ({nodes}):", *(f"{value:g}" for value in out.ravel()))


show([2, 1, 1], 2)
show([2], 2)
show([2, 1], 2)
show([3], 3)
PY
seen=$(env/bin/python run.py)
expected='[2, 1, 1], width 2, model (Conv+Mul): 1 1 1 1 2 2 2 2
[2, 1, 1], width 2, slimmed (Conv): 1 1 1 1 2 2 2 2
[2], width 2, model (Conv+Mul): 1 2 1 2 1 2 1 2
[2], width 2, slimmed (Conv): 1 1 1 1 2 2 2 2
[2, 1], width 2, model (Conv+Mul): 1 1 2 2 1 1 2 2
[2, 1], width 2, slimmed (Conv): 1 1 1 1 2 2 2 2
[3], width 3, model (Conv+Mul): 1 2 3 1 2 3 1 2 3 1 2 3
[3], width 3, slimmed (Conv+Mul): 1 2 3 1 2 3 1 2 3 1 2 3'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
