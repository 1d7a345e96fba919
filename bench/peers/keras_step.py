"""AlexNet as packages/model/src/network/alexnet.ts has it, trained by Keras on TensorFlow."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import contender
import keras
import numpy as np
import tensorflow as tf
from keras import layers

options = contender.options()
tf.config.threading.set_intra_op_parallelism_threads(options["threads"])
tf.config.threading.set_inter_op_parallelism_threads(options["threads"])
if options["precision"] == "bfloat16":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")


def block(filters, kernel, strides, padding, pool):
    convolution = layers.Conv2D(
        filters, kernel, strides=strides, padding=padding, activation="relu", kernel_initializer="he_normal"
    )
    normalised = [convolution, layers.BatchNormalization(epsilon=1e-3, momentum=0.99)]
    return [*normalised, layers.MaxPool2D(3, strides=2)] if pool else normalised


def dense(units, activation):
    return layers.Dense(
        units, activation=activation, kernel_initializer=keras.initializers.RandomNormal(stddev=0.01)
    )


model = keras.Sequential(
    [
        keras.Input((contender.IMAGE_SIZE, contender.IMAGE_SIZE, 3)),
        *block(96, 11, 4, "valid", True),
        *block(256, 5, 1, "same", True),
        *block(384, 3, 1, "same", False),
        *block(384, 3, 1, "same", False),
        *block(256, 3, 1, "same", True),
        layers.Flatten(),
        dense(4096, "relu"),
        layers.Dropout(0.5),
        dense(4096, "relu"),
        layers.Dropout(0.5),
        dense(contender.CLASSES, None),
        layers.Activation("linear", dtype="float32"),
    ]
)
sgd = options["optimiser"]
optimizer = keras.optimizers.SGD(
    learning_rate=contender.LEARNING_RATE,
    momentum=sgd["momentum"],
    nesterov=sgd["nesterov"],
    weight_decay=sgd["weightDecay"] or None,
    global_clipnorm=sgd["clipNorm"],
)
if sgd["weightDecay"]:
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
model.compile(
    optimizer=optimizer,
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
    jit_compile=False,
)


def step(images, labels):
    return float(model.train_on_batch(images, labels, return_dict=True)["loss"])


contender.serve(
    parameters=sum(np.prod(weight.shape) for weight in model.trainable_weights),
    versions={"keras": keras.__version__, "tensorflow": tf.__version__},
    step=step,
)
