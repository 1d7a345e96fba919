"""Writes the test cases of Python's onnx as plain files, for run.mjs.

    pip install onnx==1.23.2
    python scripts/onnx-node-tests/write-cases.py DIR

onnx's own `backend-test-tools generate-data` writes no case of `node` in this version, so they are collected here. A case
becomes DIR/NAME/ with model.onnx, its tensors as raw little-endian numbers, and an entry of DIR/cases.json:
{ name, suite, operator, types, opset, relative, absolute, inputs: [{ name, dtype, shape, file }], outputs: [the same] };
`types` are those of all tensors that the suite hands over and expects.

The suite hands weights, axes and pads over as inputs of the graph; in real files they are initializers. So only data stay
inputs here: of operators with weights the first input, of all others each input of float32, of those that compute shapes
none. The rest become initializers.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases

VERSION = "1.23.2"
# Their inputs behind the first are weights, bounds, scales or fill values.
FIRST_IS_DATA = set(
    "BatchNormalization Clip Conv ConvTranspose Dropout Expand GroupNormalization InstanceNormalization "
    "LayerNormalization Pad RMSNormalization Resize Slice Split Tile Upsample".split()
)
# They compute shapes: in image networks nothing of theirs depends on the image.
SHAPES = set("And Ceil ConstantOfShape Floor Mod Or Range Round Sign".split())


def dtype_name(tensor):
    return onnx.TensorProto.DataType.Name(tensor.data_type).lower()


def write_tensor(folder, file, tensor):
    array = numpy_helper.to_array(tensor)
    (folder / file).write_bytes(np.ascontiguousarray(array).tobytes())
    return {"name": tensor.name, "dtype": dtype_name(tensor), "shape": list(tensor.dims), "file": file}


def tensors(values, infos):
    """The values as TensorProtos, named as the graph names them; None where one is a sequence or an optional."""
    result = []
    for value, info in zip(values, infos):
        if isinstance(value, onnx.TensorProto):
            tensor = onnx.TensorProto()
            tensor.CopyFrom(value)
        elif info.type.HasField("tensor_type") and isinstance(value, (np.ndarray, np.generic)):
            tensor = numpy_helper.from_array(np.asarray(value))
        else:
            return None
        tensor.name = info.name
        result.append(tensor)
    return result


def operator_of(model):
    """What the case is about: its node, or the first one that is no preparation."""
    kinds = [node.op_type for node in model.graph.node]
    preparation = {"Constant", "Identity", "Cast", "Shape", "Unsqueeze", "Transpose", "Reshape"}
    return next((kind for kind in kinds if kind not in preparation), kinds[0])


def write_case(root, name, suite, model, given, expected, relative, absolute):
    stored = {tensor.name for tensor in model.graph.initializer}
    infos = [info for info in model.graph.input if info.name not in stored]
    given, expected = tensors(given, infos), tensors(expected, model.graph.output)
    if given is None or expected is None or not model.graph.node:
        return None
    operator = operator_of(model)
    live, bound = [], []
    for index, tensor in enumerate(given):
        is_data = (
            tensor.data_type == onnx.TensorProto.FLOAT
            and operator not in SHAPES
            and (index == 0 or operator not in FIRST_IS_DATA)
        )
        (live if is_data else bound).append(tensor)
    names = {tensor.name for tensor in bound}
    kept = [info for info in model.graph.input if info.name not in names]
    del model.graph.input[:]
    model.graph.input.extend(kept)
    model.graph.initializer.extend(bound)
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    return {
        "name": name,
        "suite": suite,
        "operator": operator,
        "types": [dtype_name(tensor) for tensor in [*given, *expected]],
        "opset": max(entry.version for entry in model.opset_import if entry.domain == ""),
        "relative": relative,
        "absolute": absolute,
        "inputs": [write_tensor(folder, f"input-{index}", tensor) for index, tensor in enumerate(live)],
        "outputs": [write_tensor(folder, f"output-{index}", tensor) for index, tensor in enumerate(expected)],
    }


def node_cases(root):
    for case in collect_testcases(None):
        if case.model is None or not case.data_sets or not any(e.domain == "" for e in case.model.opset_import):
            continue
        suite = "expanded" if case.name.endswith("_expanded") or "_expanded_" in case.name else "node"
        given, expected = case.data_sets[0]
        yield write_case(root, case.name, suite, case.model, given, expected, case.rtol, case.atol)


def read_tensor(path):
    return onnx.TensorProto.FromString(path.read_bytes())


def old_cases(root):
    """Files in the wheel that PyTorch wrote in opset 6."""
    data = Path(onnx.__file__).parent / "backend/test/data"
    for suite in ["pytorch-converted", "pytorch-operator"]:
        for folder in sorted((data / suite).glob("test_*")):
            model = onnx.load(folder / "model.onnx")
            sets = folder / "test_data_set_0"
            given = [read_tensor(sets / f"input_{i}.pb") for i in range(len(list(sets.glob("input_*.pb"))))]
            expected = [read_tensor(sets / f"output_{i}.pb") for i in range(len(list(sets.glob("output_*.pb"))))]
            yield write_case(root, f"{suite}-{folder.name}", suite, model, given, expected, 1e-3, 1e-7)


if onnx.__version__ != VERSION:
    sys.exit(f"onnx {VERSION} is needed and this is {onnx.__version__}: pip install onnx=={VERSION}")
if len(sys.argv) != 2:
    sys.exit("name one folder to write to: python write-cases.py DIR")
warnings.simplefilter("ignore", RuntimeWarning)
target = Path(sys.argv[1])
cases = [case for source in (node_cases, old_cases) for case in source(target) if case]
(target / "cases.json").write_text(json.dumps({"onnx": onnx.__version__, "cases": cases}, indent=1))
print(f"{len(cases)} cases of onnx {onnx.__version__} in {target}")
