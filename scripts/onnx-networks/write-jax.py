"""Writes a network of Flax with drawn parameters by jax2onnx.

    python scripts/onnx-networks/write-jax.py DIR
"""

import math
import sys
from importlib.metadata import version
from pathlib import Path

import jax
import numpy as np
from drawn import drawn
from flax import nnx
from jax2onnx import to_onnx

SIDE = 64


class Block(nnx.Module):
    """A residual block whose second convolution has a kernel for each channel."""

    def __init__(self, channels, rngs):
        self.conv1 = nnx.Conv(channels, channels, (3, 3), use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(channels, use_running_average=True, rngs=rngs)
        self.conv2 = nnx.Conv(
            channels, channels, (3, 3), feature_group_count=channels, use_bias=False, rngs=rngs
        )
        self.norm2 = nnx.BatchNorm(channels, use_running_average=True, rngs=rngs)

    def __call__(self, x):
        y = nnx.relu(self.norm1(self.conv1(x)))
        return nnx.relu6(x + self.norm2(self.conv2(y)))


class Network(nnx.Module):
    """Convolutions, pools, a layer normalisation, a dense layer with GELU, and the head."""

    def __init__(self, rngs):
        self.stem = nnx.Conv(3, 16, (3, 3), strides=2, rngs=rngs)
        self.block = Block(16, rngs)
        self.norm = nnx.LayerNorm(16, rngs=rngs)
        self.hidden = nnx.Linear(16, 32, rngs=rngs)
        self.head = nnx.Linear(32, 10, rngs=rngs)

    def __call__(self, image):
        x = nnx.relu(self.stem(image))
        x = nnx.max_pool(x, window_shape=(2, 2), strides=(2, 2))
        x = nnx.avg_pool(self.block(x), window_shape=(2, 2), strides=(2, 2))
        x = self.norm(x.mean(axis=(1, 2)))
        return self.head(nnx.gelu(self.hidden(x)))


def draw(network):
    """Replaces parameters and statistics."""
    rng = np.random.default_rng(0)

    def redrawn(path, variable):
        name = str(path[-1])
        shape = variable.shape
        return drawn(rng, name, shape, math.prod(shape[:-1]))

    state = nnx.state(network, (nnx.Param, nnx.BatchStat))
    nnx.update(network, jax.tree_util.tree_map_with_path(redrawn, state))


print("jax", jax.__version__, "flax", version("flax"), "jax2onnx", version("jax2onnx"))
network = Network(nnx.Rngs(0))
draw(network)
network.eval()
to_onnx(
    network,
    [("B", SIDE, SIDE, 3)],
    return_mode="file",
    output_path=str(Path(sys.argv[1]) / "jax-network.onnx"),
)
