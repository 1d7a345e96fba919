"""AlexNet as packages/model/src/network/alexnet.ts has it, in Keras."""

import contender
import keras
from keras import layers


def alexnet(classes, convolution_initializer, dense_initializer):
    def block(filters, kernel, strides, padding, pool):
        convolution = layers.Conv2D(
            filters,
            kernel,
            strides=strides,
            padding=padding,
            activation="relu",
            kernel_initializer=convolution_initializer,
        )
        normalised = [convolution, layers.BatchNormalization(epsilon=1e-3, momentum=0.99)]
        return [*normalised, layers.MaxPool2D(3, strides=2)] if pool else normalised

    def dense(units, activation):
        return layers.Dense(units, activation=activation, kernel_initializer=dense_initializer())

    return keras.Sequential(
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
            dense(classes, None),
            layers.Activation("linear", dtype="float32"),
        ]
    )
