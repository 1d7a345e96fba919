#!/usr/bin/env bash
# onnx: its version converter does not know where a second operand of opset 6 begins to broadcast.
#
# Seen with onnx 1.23.2. Until opset 6 an Add may say `broadcast=1, axis=1`: a bias per channel [3] for images [2, 3, 4, 5]. From opset 7
# on it has to be [3, 1, 1]. `convert_version` to 7
# - ends in an assertion, as it compares the bias with the last axes before it looks where it belongs;
# - where these are as long by chance, images [1, 3, 3, 3], inserts three axes in the place of two: the bias becomes [3, 1, 1, 1],
#   and one image three.
# - With [2, 3] and [2] from axis 0 it is right.
# Whoever reads files that old has to align their operands without it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check onnx==1.23.2
cat > run.py <<'PY'
import numpy
from onnx import TensorProto, checker, helper, version_converter
from onnx.reference import ReferenceEvaluator


def show(image, bias, axis):
    shapes = {"image": image, "bias": bias}
    graph = helper.make_graph(
        [helper.make_node("Add", ["image", "bias"], ["sum"], broadcast=1, axis=axis)],
        "old",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()],
        [helper.make_tensor_value_info("sum", TensorProto.FLOAT, image)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 6)], ir_version=3)
    checker.check_model(model)
    print(f"{image} + {bias} from axis {axis}:", end=" ")
    try:
        newer = version_converter.convert_version(model, 7)
    except RuntimeError as error:
        print("assertion" if "Assertion" in str(error) else error)
        return
    axes = [list(each.ints) for node in newer.graph.node for each in node.attribute if each.name == "axes"]
    feeds = {name: numpy.zeros(shape, numpy.float32) for name, shape in shapes.items()}
    print(f"axes {axes}, sum {list(ReferenceEvaluator(newer).run(None, feeds)[0].shape)}")


show([2, 3, 4, 5], [3], 1)
show([1, 3, 3, 3], [3], 1)
show([2, 3], [2], 0)
PY
seen=$(env/bin/python run.py)
expected='[2, 3, 4, 5] + [3] from axis 1: assertion
[1, 3, 3, 3] + [3] from axis 1: axes [[1, 2, 3]], sum [3, 3, 3, 3]
[2, 3] + [2] from axis 0: axes [[1]], sum [2, 3]'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
