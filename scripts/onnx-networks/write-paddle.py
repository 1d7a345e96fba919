"""Writes networks of Paddle with drawn parameters by paddle2onnx.

    python scripts/onnx-networks/write-paddle.py DIR
"""

import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import paddle
from drawn import drawn

NETWORKS = {
    "resnet18": paddle.vision.models.resnet18,
    "mobilenet_v3_small": paddle.vision.models.mobilenet_v3_small,
}
SIDE = 64


def write(folder, name):
    network = NETWORKS[name](pretrained=False)
    network.eval()
    rng = np.random.default_rng(0)
    for key, tensor in network.state_dict().items():
        key = key.replace("_mean", "mean").replace("_variance", "variance")
        fan_in = tensor.shape[0] if len(tensor.shape) == 2 else None
        tensor.set_value(drawn(rng, key, tensor.shape, fan_in))
    image = paddle.static.InputSpec([None, 3, SIDE, SIDE], "float32", "image")
    paddle.onnx.export(network, str(folder / f"paddle-{name}"), input_spec=[image], opset_version=17)


print("paddle", paddle.__version__, "paddle2onnx", version("paddle2onnx"))
for name in NETWORKS:
    write(Path(sys.argv[1]), name)
