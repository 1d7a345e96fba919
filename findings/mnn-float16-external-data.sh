#!/usr/bin/env bash
# MNN: ONNX weights of float16 that lie in a file beside the model are converted to other numbers, without a word.
#
# Seen with MNN 3.6.1 (mnnconvert and Python's MNN), on files that onnx 1.23.2 writes and checks. A product with a constant
# matrix is right where the matrix is float32, in the model or beside it, and where it is float16 in the model. As float16
# beside the model ("external data", the usual form of large files) the converter ends with 0 and the answer is far off. So
# give MNN half-precision weights in one file, or compare its answers with another runtime's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check MNN==3.6.1 onnx==1.23.2 numpy==2.4.6
cat > run.py <<'PY'
import subprocess
import sys
from pathlib import Path

import MNN
import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

convert = Path(sys.executable).parent / "mnnconvert"
matrix = numpy.arange(48).reshape(6, 8) / 16 - 1
image = numpy.arange(1, 7, dtype=numpy.float32).reshape(1, 6)
for kind in ("float32", "float16"):
    for beside in (False, True):
        stored = numpy_helper.from_array(matrix.astype(kind), "stored")
        graph = helper.make_graph(
            [
                helper.make_node("Cast", ["stored"], ["matrix"], to=TensorProto.FLOAT),
                helper.make_node("MatMul", ["image", "matrix"], ["out"]),
            ],
            "product",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 6])],
            [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, 8])],
            [stored],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
        (right,) = ReferenceEvaluator(model).run(None, {"image": image})
        path = f"{kind}-{beside}.onnx"
        onnx.save_model(model, path, save_as_external_data=beside, location=f"{path}.data", size_threshold=0)
        onnx.checker.check_model(path)
        arguments = ["-f", "ONNX", "--modelFile", path, "--MNNModel", f"{path}.mnn", "--bizCode", "product"]
        subprocess.run([convert, *arguments], check=True, capture_output=True)
        runtime = MNN.nn.create_runtime_manager(({"precision": "high", "backend": "CPU"},))
        network = MNN.nn.load_module_from_file(f"{path}.mnn", ["image"], ["out"], runtime_manager=runtime)
        given = MNN.expr.const(image, [1, 6], MNN.expr.NCHW)
        out = numpy.array(network.forward(given).read())
        place = "beside the model" if beside else "in the model"
        print(f"{kind} {place}:", "right" if numpy.abs(out - right).max() < 1e-3 else "wrong")
PY
seen=$(env/bin/python run.py | grep -E ': (right|wrong)$')
expected='float32 in the model: right
float32 beside the model: right
float16 in the model: right
float16 beside the model: wrong'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
