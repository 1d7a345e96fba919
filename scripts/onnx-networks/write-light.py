"""Writes the nine light networks of Python's onnx, their fills replaced by drawn numbers, without the softmax at their end: of logits
that are hundreds apart it is 1 and 0 whatever the image.

    python scripts/onnx-networks/write-light.py DIR [SEED]
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from drawn import drawn

# The inputs of these operators that are drawn about 0.
SHIFTS = {"BatchNormalization": (2, 3), "Conv": (2,), "Gemm": (2,)}


def write(source, folder, seed):
    model = onnx.load(source)
    rng = np.random.default_rng(seed)
    shapes = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    shifts = {
        node.input[index]
        for node in model.graph.node
        for index in SHIFTS.get(node.op_type, ())
        if index < len(node.input)
    }
    fills = [node for node in model.graph.node if node.op_type == "ConstantOfShape" and node.input[0] in shapes]
    for fill in fills:
        name = fill.output[0]
        numbers = drawn(rng, "bias" if name in shifts else "scale", tuple(map(int, shapes[fill.input[0]])))
        model.graph.initializer.append(onnx.numpy_helper.from_array(numbers, name))
        model.graph.node.remove(fill)
    leave_out_softmax(model.graph)
    model.ir_version = max(model.ir_version, 4)
    onnx.save(model, folder / source.name)


def leave_out_softmax(graph):
    last = graph.node[-1]
    if last.op_type != "Softmax":
        return
    logits = next(node for node in graph.node if node.output[0] == last.input[0])
    logits.output[0] = last.output[0]
    graph.node.remove(last)


print("onnx", onnx.__version__)
light = Path(onnx.__file__).parent / "backend/test/data/light"
for source in sorted(light.glob("*.onnx")):
    write(source, Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
