"""AlexNet as packages/model/src/network/alexnet.ts has it, in PyTorch."""

from torch import nn


def alexnet(classes, initialise_convolution, initialise_dense):
    """Each of the last two draws a kernel in place."""

    def block(inputs, filters, kernel, stride, pool):
        convolution = nn.Conv2d(inputs, filters, kernel, stride, padding=kernel // 2 if stride == 1 else 0)
        initialise_convolution(convolution.weight)
        nn.init.zeros_(convolution.bias)
        # PyTorch's momentum is the weight of what is new.
        normalised = [convolution, nn.ReLU(inplace=True), nn.BatchNorm2d(filters, eps=1e-3, momentum=0.01)]
        return [*normalised, nn.MaxPool2d(3, 2)] if pool else normalised

    def dense(inputs, units):
        layer = nn.Linear(inputs, units)
        initialise_dense(layer.weight)
        nn.init.zeros_(layer.bias)
        return layer

    return nn.Sequential(
        *block(3, 96, 11, 4, True),
        *block(96, 256, 5, 1, True),
        *block(256, 384, 3, 1, False),
        *block(384, 384, 3, 1, False),
        *block(384, 256, 3, 1, True),
        nn.Flatten(),
        dense(9216, 4096),
        nn.ReLU(inplace=True),
        nn.Dropout(0.5),
        dense(4096, 4096),
        nn.ReLU(inplace=True),
        nn.Dropout(0.5),
        dense(4096, classes),
    )
