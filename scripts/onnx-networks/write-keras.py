"""Writes networks of Keras with drawn parameters, by its own `export`, which is tf2onnx's.

    python scripts/onnx-networks/write-keras.py DIR
"""

import math
import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow
import tf2onnx
from drawn import drawn

SIDE = 64
NETWORKS = {"mobilenet_v2": keras.applications.MobileNetV2}


def write(folder, name):
    network = NETWORKS[name](weights=None, input_shape=(SIDE, SIDE, 3), classifier_activation=None)
    rng = np.random.default_rng(0)
    for layer in network.layers:
        is_depthwise = isinstance(layer, keras.layers.DepthwiseConv2D)
        for variable in layer.weights:
            fan_in = math.prod(variable.shape[:2] if is_depthwise else variable.shape[:-1])
            variable.assign(drawn(rng, variable.name, variable.shape, fan_in))
    network(np.zeros((1, SIDE, SIDE, 3), np.float32))
    network.export(folder / f"keras-{name}.onnx", format="onnx", verbose=False)


print("keras", keras.__version__, "tensorflow", tensorflow.__version__, "tf2onnx", tf2onnx.__version__)
for name in NETWORKS:
    write(Path(sys.argv[1]), name)
