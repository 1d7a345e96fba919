"""What Keras makes of a recipe: the training losses of its first steps.

    python keras-losses.py EXCHANGE.safetensors

EXCHANGE holds the weights to start from (`weights/conv1/kernel` O,I,H,W, dense kernels [in, out] for a flatten in
C,H,W order) and for each step `0/images` [N,3,H,W], `0/labels` [N] and `0/dropout1`, `0/dropout2` (masks of 0 and
2); its metadata say `momentum`, `learningRate` and `decay` (per step: rate / (1 + decay * step), as the `decay` of
Keras' SGD up to 2.10). Computes in float64. Writes {"versions": {...}, "losses": [...]} to standard output. The network is written down
here as the notebook has it, not taken from the project.
"""

import json
import os
import struct
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import tensorflow as tf


def read_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"]).astype("float64")
    return tensors, metadata


def notebook_network(weights, size):
    """The notebook's layers; as many filters and units as the weights have, and dropout by masks that are fed."""
    units = lambda name: weights[f"weights/{name}/bias"].shape[0]
    image = keras.Input((size, size, 3))
    masks = [keras.Input((units(name),)) for name in ("dense1", "dense2")]
    layers = keras.layers

    def block(index, x, kernel, strides, padding, pool):
        x = layers.Conv2D(
            units(f"conv{index}"), kernel, strides=strides, padding=padding, activation="relu", name=f"conv{index}"
        )(x)
        x = layers.BatchNormalization(name=f"batchNorm{index}")(x)
        return layers.MaxPool2D(3, strides=2)(x) if pool else x

    x = block(1, image, 11, 4, "valid", True)
    x = block(2, x, 5, 1, "same", True)
    x = block(3, x, 3, 1, "same", False)
    x = block(4, x, 3, 1, "same", False)
    x = block(5, x, 3, 1, "same", True)
    before_flatten = x.shape[1:]
    x = layers.Flatten()(x)
    for index, mask in enumerate(masks, start=1):
        x = layers.Dense(units(f"dense{index}"), activation="relu", name=f"dense{index}")(x)
        x = layers.Multiply()([x, mask])
    x = layers.Dense(units("dense3"), activation="softmax", name="dense3")(x)
    model = keras.Model([image, *masks], x)

    height, width, channels = before_flatten
    for layer in model.layers:
        kernel = weights.get(f"weights/{layer.name}/kernel")
        if kernel is None:
            continue  # Batch normalisation starts as the identity in both.
        if kernel.ndim == 4:
            kernel = kernel.transpose(2, 3, 1, 0)
        elif layer.name == "dense1":
            by_channel = kernel.reshape(channels, height, width, -1)
            kernel = by_channel.transpose(1, 2, 0, 3).reshape(kernel.shape)
        layer.set_weights([kernel, weights[f"weights/{layer.name}/bias"]])
    return model


def main():
    keras.config.set_floatx("float64")
    tensors, metadata = read_safetensors(sys.argv[1])
    rate, decay = float(metadata["learningRate"]), float(metadata["decay"])
    schedule = keras.optimizers.schedules.InverseTimeDecay(rate, decay_steps=1, decay_rate=decay)
    model = notebook_network(tensors, tensors["0/images"].shape[2])
    model.compile(
        optimizer=keras.optimizers.SGD(
            learning_rate=schedule if decay else rate, momentum=float(metadata["momentum"])
        ),
        loss="sparse_categorical_crossentropy",
        jit_compile=False,
    )
    losses = []
    while f"{len(losses)}/images" in tensors:
        step = len(losses)
        images, labels, *masks = (
            tensors[f"{step}/{name}"] for name in ("images", "labels", "dropout1", "dropout2")
        )
        model.reset_metrics()
        loss = model.train_on_batch([images.transpose(0, 2, 3, 1), *masks], labels.astype("int32"))
        losses.append(float(loss))
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}
    json.dump({"versions": versions, "losses": losses}, sys.stdout)


main()
