"""Python's half of check-onnx.mjs, which writes a JSON list of models, inputs and expected outputs to its input."""

import json
import sys

import numpy as np
import onnx
import onnxruntime

TOLERANCE = 1e-5


def check(model, input, shape, image, output, expected):
    onnx.checker.check_model(model, full_check=True)
    loaded = onnx.load(model, load_external_data=False)
    inferred = onnx.shape_inference.infer_shapes(loaded, check_type=True, strict_mode=True, data_prop=True)
    known = {value.name for value in inferred.graph.value_info} | {value.name for value in inferred.graph.output}
    unknown = [name for node in inferred.graph.node for name in node.output if name not in known]
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    (here,) = session.run([output], {input: np.fromfile(image, np.float32).reshape(shape)})
    difference = float(np.abs(here.ravel() - np.fromfile(expected, np.float32)).max())
    print(f"{model}: valid; {len(unknown)} values without a shape; max |difference| {difference:.1e}", flush=True)
    return not unknown and difference <= TOLERANCE


print(f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}, Python {sys.version.split()[0]}")
results = [check(**request) for request in json.load(sys.stdin)]
if not all(results):
    sys.exit(f"failed: every value needs a shape, and no probability may differ by more than {TOLERANCE}")
