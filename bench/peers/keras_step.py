"""A training step of AlexNet by Keras on TensorFlow."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import contender
import keras
import numpy as np
import tensorflow as tf
from keras_network import alexnet

options = contender.options()
tf.config.threading.set_intra_op_parallelism_threads(options["threads"])
tf.config.threading.set_inter_op_parallelism_threads(options["threads"])
if options["precision"] == "bfloat16":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")


model = alexnet(contender.CLASSES, "he_normal", lambda: keras.initializers.RandomNormal(stddev=0.01))
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
