"""How far int8 is from float32 in the logits of a network, beside kernels that are rounded with one scale for each output.

    fleuron import FILE --out BUNDLE --precision float32,int8 --preprocessing imagenet --labels LABELS
    python scripts/onnx-networks/rounding.py PHOTOS FILE BUNDLE
"""

import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from PIL import Image

PHOTOS = 300
BATCH = 30
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def images(folder, side):
    photos = sorted(Path(folder).rglob("*.jpg"))
    return np.stack([image(photos[index * len(photos) // PHOTOS], side) for index in range(PHOTOS)])


def image(path, side):
    photo = Image.open(path).convert("RGB")
    left, top = ((length - min(photo.size)) // 2 for length in photo.size)
    middle = photo.crop((left, top, left + min(photo.size), top + min(photo.size)))
    levels = np.asarray(middle.resize((side, side), Image.BILINEAR)) / 255
    return ((levels - MEAN) / STD).transpose(2, 0, 1).astype(np.float32)


def outputs(model, batch):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    [taken] = session.get_inputs()
    batch = batch if taken.shape[1] == 3 else batch.transpose(0, 2, 3, 1)
    size = taken.shape[0] if taken.shape[0] == 1 else BATCH
    starts = range(0, len(batch), size)
    run = [session.run(None, {taken.name: batch[start : start + size]})[0] for start in starts]
    return np.concatenate(run).reshape(len(batch), -1)


def with_one_scale(path):
    """The network with each kernel in 8 bits, and one scale for each of its outputs."""
    model = onnx.load(path)
    axes = {node.input[1]: output_axis(node) for node in model.graph.node if node.op_type in AXES}
    for tensor in model.graph.initializer:
        kernel = onnx.numpy_helper.to_array(tensor)
        if tensor.name not in axes or kernel.ndim < 2:
            continue
        others = tuple(axis for axis in range(kernel.ndim) if axis != axes[tensor.name] % kernel.ndim)
        scale = np.abs(kernel).max(axis=others, keepdims=True) / 127
        rounded = (np.round(kernel / scale) * scale).astype(np.float32)
        tensor.CopyFrom(onnx.numpy_helper.from_array(rounded, tensor.name))
    return model.SerializeToString()


AXES = {"Conv": 0, "MatMul": -1, "Gemm": -1}


def output_axis(node):
    turned = any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
    return 0 if turned else AXES[node.op_type]


def before_softmax(path):
    model = onnx.load(path)
    [output] = model.graph.output
    softmax = next(node for node in model.graph.node if node.output[0] == output.name)
    output.name = softmax.input[0]
    model.graph.node.remove(softmax)
    return model.SerializeToString()


folder, path, bundle = sys.argv[1:]
shape = onnx.load(path, load_external_data=False).graph.input[0].type.tensor_type.shape
batch = images(folder, shape.dim[2].dim_value)
expected = outputs(path, batch)
spread = expected.std(axis=1).mean()
first, second = np.sort(expected, axis=1)[:, :-3:-1].T
print(f"margin of the first label, median: {np.median(first - second) / spread:.3f} of the logits' standard deviation")
for name, logits in {
    "one scale for each output": outputs(with_one_scale(path), batch),
    "int8": outputs(before_softmax(f"{bundle}/model.int8.onnx"), batch),
}.items():
    error = np.sqrt(((logits - expected) ** 2).mean()) / spread
    differs = logits.argmax(axis=1) != expected.argmax(axis=1)
    most = ((first - second)[differs] / spread).max(initial=0)
    print(f"{name}: same label {PHOTOS - differs.sum()} of {PHOTOS}, error {error:.4f}, margin where it differs at most {most:.3f}")
