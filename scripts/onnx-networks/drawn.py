"""Parameters of any network, drawn so that its logits tell photos apart."""

import math

import numpy as np


def drawn(rng, name, shape, fan_in=None):
    """He's normal distribution for kernels; about 1 for scales and variances, about 0 for shifts and means.

    `fan_in` is the number of inputs of one output, by default of a kernel that begins with its outputs.
    """
    fan_in = math.prod(shape[1:]) if fan_in is None else fan_in
    if len(shape) > 1 and fan_in > 1:
        numbers = rng.standard_normal(shape) * math.sqrt(2 / fan_in)
    elif name.endswith(("bias", "beta", "mean")):
        numbers = rng.normal(0, 0.1, shape)
    else:
        numbers = rng.uniform(0.5, 1.5, shape)
    return numbers.astype(np.float32)
